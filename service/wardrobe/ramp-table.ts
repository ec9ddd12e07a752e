/** What a color word of a prompt is called among the ramps of a family: "word ramp", or "word family/ramp". */
const table = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(/[,\n]/).map((line) => line.trim().split(/:\s*/)));

export const CLOTH =
  table(`red: red, scarlet: red, crimson: garnet_r, ruby: red, blood: maroon, dark red: maroon, deep red: maroon
  maroon: maroon, burgundy: maroon, light red: coral_r, bright red: red, orange: orange, light orange: orange_r, dark orange: red_orange_r
  amber: amber_r, ginger: orange, brown: brown, light brown: leather_r, dark brown: umber_r, wooden: oak_r, wood: oak_r, oak: oak_r
  copper: metal/copper, bronze: metal/bronze, brass: metal/brass, tan: tan, beige: beige_r, cream: beige_r, light tan: beige_r, khaki: tan
  dark tan: oak_r, gold: metal/gold, golden: metal/gold, dark gold: ochre_r, light gold: tumeric_r, yellow: yellow, light yellow: yellow_r
  bright yellow: yellow, dark yellow: mustard_r, lime: spring_r, green: green, light green: apple_r, bright green: apple_r, dark green: forest
  deep green: forest, emerald: green, jade: apple_r, olive: swamp_r, dark olive: soot_r, light olive: fern_r, teal: teal_r
  dark teal: teal_r, light teal: cyan_r, turquoise: teal, cyan: cyan_r, aqua: cyan_r, light cyan: ice_r, azure: azure_r
  light azure: cornflower_r, blue: blue, light blue: sky_r, bright blue: azure_r, sky blue: sky_r, dark blue: navy_r, deep blue: navy_r, navy: navy_r
  sapphire: blue, indigo: navy_r, purple: purple, light purple: lavender, dark purple: purple, violet: lavender, lavender: lavender
  lilac: lavender, amethyst: lavender, light violet: lavender, dark violet: purple, magenta: hair/violet_r, fuchsia: hair/violet_r
  pink: hair/pink, light pink: hair/rose, bright pink: hair/pink, dark pink: pink, hot pink: hair/pink, rose: pink, white: white, silver: silver_r
  light silver: ice_r, steel: metal/steel, iron: metal/iron, metal: metal/steel, gray: gray, grey: gray, light gray: silver_r, light grey: silver_r
  dark gray: charcoal, dark grey: charcoal, black: black, leather: leather, bone: white, ivory: white, stone: gray
  pale blue: sky_r, pale green: mint_r, pale pink: hair/rose, pale yellow: yellow_r, dark: charcoal, shadow: charcoal, colorless: white
  saffron: amber_r, mustard: mustard_r, peach: peach_r, coral: coral_r, mint: mint_r, plum: plum_r, wine: wine_r, denim: denim_r, rusty: red_r, rusted: red_r, walnut: walnut, charcoal: charcoal, forest: forest, slate: slate, ice: cornflower_r, icy: cornflower_r, frost: cornflower_r, fire: orange, flaming: orange`);
export const METAL =
  table(`gold: gold, golden: gold, dark gold: gold_r, silver: silver, steel: steel, iron: iron, metal: steel, bronze: bronze
  copper: copper, brass: brass, gray: steel_r, grey: steel_r, white: silver_r, dark gray: iron_r, dark grey: iron_r, light gray: silver
  platinum: silver, mithril: silver, black: cloth/charcoal, dark: cloth/charcoal, shadow: cloth/charcoal, stone: steel_r, bone: ceramic, rusty: copper_r, rusted: copper_r`);
export const HAIR =
  table(`black: black, dark: black, brown: brown_r, light brown: light_brown, dark brown: dark_brown, brunette: brown_r, chestnut: chestnut
  auburn: redhead, blonde: blonde, blond: blonde, gold: gold, golden: gold, yellow: gold, light gold: blonde, red: redhead, bright red: red
  orange: orange, ginger: orange, carrot: carrot, white: white, gray: gray, grey: gray, silver: silver_r, dark gray: dark_gray, light gray: silver_r
  pink: pink, light pink: rose, purple: purple, violet: purple, lavender: purple, blue: blue, dark blue: navy, navy: navy, light blue: cloth/sky_r
  green: green, light green: green_r, teal: teal_r, turquoise: teal_r, cyan: teal_r, sandy: sandy, platinum: platinum, ash: ash, strawberry: strawberry
  dark red: ruby_r, crimson: ruby_r, raven: raven, redhead: redhead, dark_gray: dark_gray`);
export const SKIN =
  table(`green: green, dark green: dark_green, light green: pale_green, bright green: bright_green, lime: bright_green, pale green: pale_green
  olive: olive, blue: blue, light blue: blue, dark blue: blue, red: red, dark red: red, crimson: red, gray: grey, grey: grey, light gray: grey, dark gray: fur_grey
  purple: lavender, violet: lavender, lavender: lavender, white: porcelain_r, pale: ivory_r, fair: ivory_r, light: light, black: coffee_r, dark: brown_r
  brown: brown, light brown: honey_r, dark brown: brown_r, ebony: coffee_r, tan: tan_r, tanned: tan_r, bronze: bronze, yellow: fur_gold, gold: fur_gold
  golden: fur_gold, orange: fur_copper, copper: fur_copper, pink: peach_r, silver: steel, steel: steel, iron: steel, metal: steel, stone: stone
  teal: zombie_green, bone: bone, dark_green: dark_green
  fur black: fur_black, fur brown: fur_brown, fur gray: fur_grey, fur grey: fur_grey, fur white: fur_white, fur tan: fur_tan, fur red: fur_copper`);
export const EYE =
  table(`blue: blue, light blue: blue_r, green: green, emerald: green, purple: purple, violet: purple, red: red, crimson: red, orange: orange
  amber: yellow, yellow: yellow, gold: yellow, golden: yellow, brown: brown, hazel: hazel_r, gray: gray, grey: gray, black: black_r, dark: black_r, silver: gray_r`);
