/**
 * What a character can wear and hold, one item a line: zone | names, the first its own | parts of the
 * wardrobe | colors if none is said, "~" the main one of the wearer. An item
 * takes the place of another in its zone. Parts: "," stands between those the seed chooses among; ">" before one that
 * stands in where the body has no part of the first kind; "=ramp" gives a part a color of its own, "=2" the second
 * color that is said (without one the part is left out). Names that stand twice: the first line that fits the body.
 */
export const ITEMS = `
armor | plate armor, armor, suit of armor, full plate, plate mail, full armor, heavy armor, plate, armored | legs/pants=charcoal feet/boots-basic hands/gloves legs/armour feet/armour armour/plate arms/armour=2,1 shoulders/plate=2,1 | steel
armor | breastplate, chestplate, cuirass, chest armor | armour/plate | steel
armor | chainmail, chain mail, mail, mail armor, ring mail, chain armor, scale mail | armour/chainmail | steel
armor | leather armor, leather vest, leather jerkin, jerkin, hide armor, light armor, studded armor, leather outfit | armour/leather | leather
armor | legion armor, roman armor, lorica, segmented armor | armour/legion | steel
robe | robe, robes, robed, gown robe, cassock, habit, toga, vestments, long robe, sheet | robe/long belt/sash-narrow=2 | ~
robe | dress, gown, ball gown, ballgown, long dress | torso/blouse-longsleeve legs/skirt-belle vest/bodice=2,1 apron/skirt-overskirt=2 | ~
robe | slit dress, evening dress, evening gown, short dress, cocktail dress, qipao | dress/slit | ~
robe | kimono, yukata | dress/kimono dress/kimono-longsleeve dress/kimono-trim=2 dress/kimono-longsleeve-trim=2 belt/obi=2 | ~
robe | kimono, yukata, dress, gown | robe/long belt/obi=2 | ~
torso | shirt, blouse, sweater, jersey, pullover, hoodie, top, long sleeved shirt | torso/longsleeve2 | ~
torso | t shirt, tshirt, tee, short sleeved shirt | torso/tshirt | ~
torso | buttoned shirt, dress shirt, button shirt | torso/longsleeve2-buttoned | white
torso | tunic | torso/tunic>sleeveless1 | ~
torso | tank top, tanktop, sleeveless shirt, undershirt | torso/sleeveless-tanktop>sleeveless2 | ~
torso | striped shirt | torso/sleeveless-striped | ~
torso | laced shirt | torso/sleeveless2 torso/sleeveless-laced=plain | white
torso | bandages, wraps, wrappings, bandaged | torso/bandages
torso | vneck shirt | torso/longsleeve2-vneck | ~
jacket | jacket, cardigan, coat, long coat, trench coat, overcoat, lab coat, blazer, raincoat, duster, greatcoat, frock coat, leather jacket, leather coat | torso/longsleeve2-cardigan | brown
jacket | fur coat, winter coat, santa coat, parka | jacket/santa>longsleeve2-cardigan | ~
jacket | tabard, surcoat | jacket/tabard | ~
jacket | suit, tuxedo, formal suit | torso/longsleeve2-buttoned=white torso/longsleeve2-cardigan legs/formal neck/bowtie2=2 | charcoal+red
jacket | uniform, military uniform | torso/longsleeve2-buttoned legs/pants shoulders/epaulets=yellow | navy
jacket | space suit, spacesuit, astronaut suit, jumpsuit, bodysuit, flight suit | torso/longsleeve2 legs/pants2 feet/boots-revised hands/gloves belt/double=2 | white+gray
vest | vest, waistcoat | torso/sleeveless2-buttoned | ~
vest | corset, bodice | vest/bodice | ~
apron | apron | apron/apron-full>apron | white
apron | overalls, dungarees | apron/overalls | blue
apron | suspenders, braces | apron/suspenders | brown
legs | pants, trousers, slacks | legs/pants | brown
legs | jeans, denim pants | legs/pants | denim
legs | leggings, tights, hose | legs/leggings | charcoal
legs | short shorts, swimming trunks, underwear | legs/shorts-short | ~
legs | shorts | legs/shorts | brown
legs | pantaloons, baggy pants, breeches | legs/pantaloons | ~
legs | formal pants | legs/formal
legs | skirt | legs/skirt-straight>skirts-plain | ~
legs | long skirt | legs/skirt-belle>skirts-plain | ~
legs | kilt, loincloth, waistcloth, fur skirt, hakama | legs/skirts-plain | leather
legs | legion skirt, pteruges, roman skirt | legs/skirts-legion | leather
feet | boots, leather boots, boot | feet/boots-basic | brown
feet | folded boots, high boots, cuffed boots | feet/boots-fold | brown
feet | rimmed boots, fur boots | feet/boots-rim | brown
feet | shoes, slippers, sneakers, high heels, shoe | feet/shoes-basic | black
feet | sandals, flip flops | feet/sandals | brown
feet | socks, stockings | feet/socks-high | white
feet | tabi | feet/socks-tabi | white
feet | greaves, sabatons, plate boots, metal boots, armored boots | feet/boots-basic feet/armour | steel
hands | gloves, mittens | hands/gloves | brown
hands | gauntlets, gauntlet, vambraces | hands/gloves arms/armour | steel
arms | bracers, wristbands, bracelets, armguards, cuffs | arms/bracers | bronze
shoulders | pauldrons, shoulder plates, shoulder pads, shoulder armor | shoulders/plate | steel
shoulders | leather pauldrons, leather shoulder pads | shoulders/leather | leather
shoulders | legion pauldrons | shoulders/legion | steel
shoulders | epaulets, epaulettes | shoulders/epaulets | yellow
shoulders | mantle | shoulders/bauldron | brown
belt | belt, leather belt | belt/leather | leather
belt | sash, cummerbund | belt/sash | red
belt | rope belt, robe belt, cord | belt/robe | tan
belt | thin sash | belt/sash-narrow | yellow
belt | obi | belt/obi | red
cape | cape, cloak, mantle cape, caped, cloaked, shawl, poncho | cape/wide neck/capeclip cape/trim=2 | red
cape | tattered cape, tattered cloak, torn cape, torn cloak, ragged cape, ragged cloak | cape/tattered neck/capetie | charcoal
neck | cross, holy symbol, crucifix, cross amulet, cross necklace | neck/amulet-cross | gold
neck | amulet, pendant, medallion, talisman | neck/amulet-dangle,amulet-star | gold
neck | necklace, beads, pearls | neck/necklace-simple | gold
neck | chain, gold chain | neck/necklace-chain | gold
neck | bow tie, bowtie | neck/bowtie2 | black
neck | cravat, jabot, ruff, ruffle | neck/jabot | white
hat | hood, hooded, cowl | hat/hood-cloth | ~
hat | headscarf, turban, keffiyeh, hijab, veil, wimple, head scarf | hat/hood-hijab | white
hat | helmet, helm, steel helmet | helmet/bascinet,norman,nasal,pointed | steel
hat | closed helmet, knight helmet, full helmet, visored helmet, visor helmet, armet, great knight helmet | helmet/armet,armet-simple | steel
hat | great helm, greathelm, crusader helmet, bucket helm, bucket helmet | helmet/greathelm,sugarloaf | steel
hat | horned helmet, viking helmet, horned helm | helmet/spangenhelm hat-trim/horns-upward=white | steel
hat | winged helmet, winged helm | helmet/norman hat-trim/wings=white | steel
hat | plumed helmet, feathered helmet, helmet with plume | helmet/bascinet hat-trim/plumage=2 | steel+red
hat | plume, plumage, helmet crest | helmet/bascinet=steel hat-trim/plumage | red
hat | kettle hat, kettle helmet, kettle helm | helmet/kettle
hat | morion | helmet/morion
hat | barbuta, corinthian helmet, hoplite helmet, greek helmet | helmet/barbuta
hat | gladiator helmet | helmet/maximus
hat | spartan helmet, crested helmet | helmet/barbuta hat-trim/crest-centurion hat-trim/plumage-centurion=red
hat | roman helmet, legion helmet | helmet/legion hat-trim/crest-centurion hat-trim/plumage-centurion=red
hat | barbarian helmet, fur helmet | helmet/barbarian
hat | robot helmet, space helmet, scifi helmet, sci fi helmet, futuristic helmet | helmet/xeon | steel
hat | astronaut helmet, glass helmet | helmet/close | silver
hat | coif, mail coif | hat/mail
hat | crown, golden crown, crowned | hat/crown-simple | gold
hat | tiara, circlet, diadem, coronet | hat/tiara-simple | silver
hat | wizard hat, witch hat, pointed hat, pointy hat, magic hat, starry hat, mage hat, cone hat | hat/magic-celestial hat-trim/magic-celestial-trim=2 | ~+yellow
hat | moon hat | hat/magic-celestial-moon | ~
hat | tricorne, tricorn, tricorn hat, pirate hat, captain hat, captains hat | hat/tricorne-captain hat-trim/tricorne-captain-trim=2 | black+gold
hat | skull hat, pirate hat with skull, jolly roger hat | hat/bicorne-athwart-captain hat-trim/bicorne-athwart-captain-skull=white | black
hat | bicorne, bicorn, admiral hat, napoleon hat | hat/bicorne-athwart-admiral hat-trim/bicorne-athwart-admiral-trim=yellow | navy
hat | bandana, do rag | hat/bandana | red
hat | headband, head band | hat/headband-tied,headband-thick | red
hat | feathered cap, feather cap, feathered hat, feather hat, robin hood hat, hunter hat | hat/cap-leather hat-trim/cap-leather-feather=2,red | forest
hat | cap, beanie, police cap | hat/cap-bonnie-tilt | brown
hat | bonnet, beret, flat cap | hat/cap-bonnie | brown
hat | hat, straw hat, cowboy hat, wide brimmed hat, brimmed hat, sun hat, fedora, musketeer hat, plumed hat, cavalier hat | hat/cap-cavalier hat-trim/cap-cavalier-feather=2 | tan
hat | musketeer feather hat | hat/cap-cavalier hat-trim/cap-cavalier-feather=2,white | brown+white
hat | santa hat, christmas hat, nightcap, stocking cap, gnome hat | hat/holiday-christmas hat-trim/holiday-santa=white | red
hat | christmas elf hat, elf hat | hat/holiday-christmas hat-trim/holiday-elf=yellow | green
eyewear | glasses, spectacles, eyeglasses, sunglasses, goggles, bespectacled | eyewear/glasses | black
eyewear | eyepatch, eye patch | eyewear/eyepatch-left | black
mask | mask, face mask, masked, face cloth | mask/mask-plain | black
back | quiver, arrows, arrow | quiver/quiver
back | backpack, basket, pack, bag | backpack/backpack-basket | tan
ears | elf ears, pointed ears, pointy ears | ears/ears-medium
ears | long ears | ears/ears-long
ears | cat ears | ears/ears-cat
ears | wolf ears, fox ears, dog ears, animal ears | ears/ears-wolf
ears | dragon ears | ears/ears-dragon
horns | horns, horned, curled horns, ram horns | horns/horns-curled | dark gray
horns | straight horns, small horns, devil horns | horns/horns-backwards | charcoal
horns | fins, fin | horns/fins-fin
wings | wings, feathered wings, angel wings, bird wings, winged | wings/feathered | white
wings | bat wings, demon wings, devil wings | wings/bat | maroon
wings | dragon wings | wings/lizard-bat | maroon
wings | fairy wings, pixie wings, insect wings | wings/pixie | light blue
wings | butterfly wings | wings/monarch
wings | dragonfly wings | wings/dragonfly | light blue
tail | tail, cat tail | tail/cat
tail | lizard tail, dragon tail, devil tail, demon tail | tail/lizard
tail | wolf tail, fox tail, bushy tail | tail/wolf-fluffy
face | fangs, sharp teeth | face/fangs
face | wounds, undead wounds, scars, scar, blood, bloody, wounded | face/undead-wounds
face | wrinkles, wrinkled | face/wrinkles
face | big nose, large nose, long nose | face/nose-large
weapon | longsword, long sword, sword, broadsword, blade, greatsword, great sword, two handed sword, claymore, bastard sword | weapon/longsword
weapon | arming sword, short sword, shortsword, one handed sword | weapon/arming
weapon | katana, samurai sword, ninja sword, ninjato | weapon/katana
weapon | scimitar, cutlass, curved sword, saber, sabre, falchion, pirate sword | weapon/scimitar
weapon | rapier, fencing sword, epee | weapon/rapier
weapon | glowing sword, lightsaber, light saber, laser sword, energy sword, beam sword, magic sword, plasma sword, enchanted sword, glowsword, energy blade | weapon/glowsword
weapon | fire sword, flaming sword, burning sword, fiery sword, lava sword | weapon/glowsword | orange
weapon | ice sword, frost sword, frozen sword, crystal sword | weapon/glowsword | light blue
weapon | lightning sword, holy sword, electric sword | weapon/glowsword | yellow
weapon | shadow sword, void sword, cursed sword | weapon/glowsword | purple
weapon | poison sword, toxic sword | weapon/glowsword | green
weapon | dagger, knife, daggers, knives, short blade, stiletto | weapon/dagger
weapon | mace, morningstar, morning star | weapon/mace
weapon | axe, battle axe, battleaxe, war axe, hatchet, axes, two handed axe, great axe, greataxe, hand axe | weapon/axe
weapon | club, wooden club, cudgel | weapon/club
weapon | spear, lance, pike, javelin, pole | weapon/spear
weapon | staff, magic staff, wizard staff, gnarled staff, wooden staff, rod | weapon/gnarled
weapon | loop staff, priest staff, crook, shepherds crook | weapon/loop
weapon | crystal staff, diamond staff, gem staff, scepter, sceptre, jeweled staff | weapon/diamond
weapon | snake staff, serpent staff, twisted staff | weapon/s
weapon | plain staff, quarterstaff, walking stick, cane, stick, bo staff, bo, walking staff | weapon/simple
weapon | wand, magic wand | weapon/wand
weapon | bow, longbow, short bow, shortbow, bow and arrow, bow arrow, bow and arrows, bow arrows, long bow, hunting bow | weapon/bow-normal ammo/bow-arrow quiver/quiver
weapon | crossbow | weapon/crossbow
weapon | slingshot, sling | weapon/slingshot
weapon | whip | weapon/whip
weapon | boomerang | weapon/boomerang
shield | shield, round shield, wooden shield, buckler, targe | shield/round
shield | knight shield, heater shield, kite shield, heraldic shield, coat of arms shield | shield/heater-revised-wood=plain shield/heater-revised-paint shield/heater-revised-pattern-cross,heater-revised-pattern-per-pale=2 shield/heater-revised-trim=steel | red+white
shield | crusader shield, cross shield | shield/crusader
shield | spartan shield, hoplite shield | shield/spartan
shield | tower shield, scutum, roman shield, large shield | shield/scutum shield/scutum-trim
`;
/** Hair and beards, in the same form: they take the color of the hair. */
export const HAIR_ITEMS = `
hair | short hair, hair | hair/parted3,page,natural,cowlick,parted-side-bangs,bob-side-part
hair | long hair, long straight hair, straight hair, flowing hair | hair/long-straight,long-center-part,xlong
hair | womens hair | hair/long-straight,long-center-part,bob,lob,bangs-bun,wavy,half-up
hair | wavy hair, long wavy hair | hair/wavy,xlong-wavy
hair | curly hair, curls, curly haired, short curly hair | hair/curly-short,curly-short2,jewfro
hair | long curly hair | hair/curly-long
hair | messy hair, wild hair, shaggy hair, unkempt hair, tousled hair | hair/halfmessy,long-messy
hair | long messy hair, long wild hair | hair/long-messy
hair | spiky hair, spiked hair | hair/spiked
hair | mohawk, punk hair, liberty spikes | hair/spiked-liberty2
hair | bob, bob cut, bobbed hair, shoulder length hair, medium hair | hair/bob,lob
hair | bun, hair bun, hair in a bun | hair/bangs-bun
hair | ponytail, pony tail | hair/high-ponytail
hair | braid, braids, braided hair, plait, pigtail, long braid, braided | hair/braid
hair | afro | hair/afro
hair | dreadlocks, dreads | hair/dreadlocks-long
hair | cornrows | hair/cornrows
hair | buzzcut, buzz cut, shaved hair, crew cut, very short hair | hair/buzzcut
hair | topknot, top knot, man bun | hair/topknot-short
hair | flat top | hair/flat-top-fade
hair | bangs, fringe | hair/bangs-bun,parted-side-bangs
hair | princess hair | hair/princess,curls-large,wavy
hair | tonsure, balding, balding hair, receding hair, thinning hair, half bald | hair/balding
beard | medium beard, beard, full beard, bearded, thick beard, big beard | beard/winter
beard | long beard, long straight beard, braided beard, flowing beard, huge beard | beard/long-straight
beard | short beard, goatee, stubble, trimmed beard, small beard | beard/medium
beard | mustache, moustache, mustached | beard/chevron,walrus
beard | handlebar mustache, handlebar moustache, curled mustache, thin mustache | beard/handlebar
beard | horseshoe mustache | beard/horseshoe
face | thick eyebrows, bushy eyebrows, eyebrows | face/eyebrows-thick
`;
