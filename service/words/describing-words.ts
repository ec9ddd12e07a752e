const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** In what state a thing is, said before it or after it ("open chest", "campfire, lit", "wolf howling"). */
export const STATE_WORDS = words(
  `open opened closed shut locked unlocked lit unlit burning extinguished broken cracked shattered torn damaged ruined
  destroyed snapped intact empty full dead alive dying wilted withered blooming rotten ripe raw cooked baked fried roasted
  grilled burnt melted melting sleeping asleep awake sitting standing lying running walking flying jumping swimming
  howling roaring screaming attacking fighting fleeing dancing kneeling crouching praying casting eating laughing
  smiling crying angry happy sad scared rusty rusted sharp blunt folded rolled unrolled loaded charged activated active
  inactive ready used unused wet dry dripping glowing shining sparkling enchanted cursed hidden buried overgrown
  leafless bare eaten floating falling bitten sliced sheathed`,
);

/** What else describes a thing. None of these is part of its name. */
export const ADJECTIVES = words(
  `old young ancient new big small tiny little giant huge large great massive enormous gigantic mini miniature tall
  short long thick thin wide narrow fat slim round square curved straight pointed pointy spiky fluffy furry hairy bald
  bearded hooded cloaked armored caped masked winged horned feathered scaly evil good wicked sinister creepy scary
  spooky cute adorable kawaii chibi funny silly cool fierce brave noble royal regal heroic legendary epic mythical
  mythic rare common magical magic mystic mystical arcane divine sacred unholy demonic angelic ghostly spectral undead
  elite armed heavy soft hard strong weak powerful mighty simple plain fancy ornate elegant decorated detailed beautiful
  pretty ugly dirty clean worn battered weathered crude rustic traditional classic medieval futuristic modern
  steampunk cyberpunk scifi retro vintage tropical arctic wild tame domestic mad crazy wise mysterious lonely lost
  secret special basic advanced double triple single striped spotted dotted patterned colorful shiny polished matte
  sparkly smooth rough bubbling fizzy steaming hot cold warm fresh juicy tasty delicious sweet sour spicy muscular
  handsome gorgeous stunning lovely charming gallant valiant valorous courageous fearless daring bold loyal proud glorious
  famous renowned awesome amazing skinny chubby female male feral rabid two three four five six seven eight nine ten`,
);

/** What a player calls a thing by its role in the game: "slime enemy" is a slime, "giant spider boss" a spider. */
export const ROLE_WORDS = words(
  "enemy enemies boss mob npc character characters creature item object pickup collectible prop minion avatar portrait symbol",
);

/** How a picture is to be made, never what is in it. Several words first. */
export const MANNER_PHRASES: readonly string[] = [
  ...["white background", "black background", "transparent background", "no background", "plain background"],
  ...[
    "pixel art style",
    "pixel art",
    "pixelart",
    "pixel style",
    "pixelated",
    "game sprite",
    "game asset",
    "game art",
  ],
  ...[
    "game icon",
    "sprite sheet",
    "spritesheet",
    "tileset",
    "top down view",
    "top down",
    "topdown",
    "isometric view",
  ],
  ...[
    "isometric",
    "side view",
    "side on",
    "front view",
    "back view",
    "side scroller",
    "platformer style",
    "3 4 view",
  ],
  ...[
    "8 bit",
    "16 bit",
    "32 bit",
    "8bit",
    "16bit",
    "32bit",
    "retro style",
    "snes style",
    "nes style",
    "gameboy style",
  ],
  ...[
    "game boy style",
    "jrpg style",
    "rpg style",
    "rpg",
    "high quality",
    "low res",
    "hd",
    "no outline",
    "black outline",
  ],
  ...[
    "simple shading",
    "limited palette",
    "flat colors",
    "masterpiece",
    "best quality",
    "trending on artstation",
  ],
  ...[
    "centered",
    "full body",
    "inventory icon",
    "item icon",
    "sprite",
    "sprites",
    "icon",
    "icons",
    "clipart",
  ],
];
/** Words for the form of a picture, set aside after the name of a surface ("grass tile"), and soft style words. */
export const FORM_WORDS = words("tile texture block");
/** Style words when they stand alone between commas; before a noun they describe it. */
export const SOFT_MANNER = words(
  "cute retro detailed simple cool colorful fantasy medieval cartoon anime chibi kawaii",
);

/** What is worn: "knight in silver armor" wears it, "rose in a pot" does not. */
export const GARMENTS = words(
  `armor armour robe robes coat cloak cape dress suit hat hood shirt tunic uniform jacket mask helmet gown kimono
  clothes outfit costume boots pants trousers skirt apron scarf gloves rags jeans sweater hoodie vest mail plate`,
);
/** Parts of a body or of a house: between commas they are parts of what was named before ("wizard, long beard"). */
export const BODY_PARTS = words(
  `beard hair eyes eye horns horn wings wing tail mustache moustache ears nose teeth fangs claws tentacles legs arms
  skin fur scales spikes feathers shell mane roof chimney windows door handle blade hilt lid label cork strap`,
);
/** "red haired", "long bearded": a part by its adjective. */
export const PART_ADJECTIVES: Readonly<Record<string, string>> = {
  haired: "hair",
  eyed: "eyes",
  skinned: "skin",
  bearded: "beard",
  hooded: "hood",
  caped: "cape",
  winged: "wings",
  roofed: "roof",
  armored: "armor",
  horned: "horns",
  cloaked: "cloak",
  robed: "robe",
  furred: "fur",
  tailed: "tail",
  handled: "handle",
};
/** Counted by pairs or sets: the thing is what is counted. */
export const MEASURES = words("pair set lot couple group bunch pile heap stack handful bundle loaf");
/** Of these the word before says nearly all: a bread slice is no pizza slice. */
export const PORTIONS = words("slice piece chunk wedge");
/** What holds something: "glass of milk" is full of it. */
export const CONTAINERS = words(
  `glass bottle cup mug bowl bag sack barrel bucket chest crate jar pot basket box vial flask plate tankard goblet
  cauldron wheelbarrow cart pouch jug tin can bathtub`,
);
/** Two nouns that name one thing. */
export const JOINED_NAMES = new Set([
  ...[
    "bow arrow",
    "bow arrows",
    "mortar pestle",
    "fish chips",
    "ball chain",
    "skull crossbones",
    "skull bones",
  ],
  ...[
    "needle thread",
    "hammer pick",
    "hammer wrench",
    "hammer sickle",
    "nut bolt",
    "fork knife",
    "salt pepper",
  ],
  ...["couch lamp", "curry rice", "bacon eggs", "bread butter", "cup saucer", "quill ink"],
]);
