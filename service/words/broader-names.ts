/** Broader words, "broader: narrower, narrower": the broader drawing is the nearest that can stand for the narrower. */
export const BROADER = `
sword: rapier, saber, sabre, cutlass, katana, scimitar, blade, falchion, excalibur, gladius, estoc
axe: tomahawk, halberd, cleaver
dagger: stiletto, kris, dirk, shiv, sai
knife: machete, letter opener
hammer: mallet, sledgehammer, gavel, mjolnir
spear: lance, trident, harpoon, glaive, naginata, halberd
mace: flail, club, cudgel, bat weapon
gun: shotgun, musket, flintlock, minigun, sniper rifle, bazooka, rocket launcher
rifle: musket, shotgun, sniper rifle, carbine
pistol: flintlock, blunderbuss, gun
bow: recurve bow
shield: aegis, tower shield
armor: chainmail, breastplate, plate, mail, leather armor
helmet: visor, bascinet
hat: beret, fedora, sombrero, bonnet, cowboy hat, wizard hat, top hat
shirt: blouse, sweater, hoodie, jersey, vest
coat: jacket, overcoat, trench coat
boots: shoes, sandal, slipper
house: cottage, hut, cabin, mansion, villa, farmhouse, inn, tavern, barn, bungalow, treehouse
castle: palace, citadel, stronghold, fort
tower: spire, turret
building: shop, tavern, inn, bakery, library, bank, school, guild
warrior: samurai, viking, barbarian, gladiator, spartan, knight, berserker, mercenary, swordsman, dwarf, amazon
soldier: guard, marine, sniper, trooper, legionnaire
wizard: necromancer, druid, alchemist, illusionist, warlock, shaman, plague doctor
archer: hunter, ranger, elf
priest: nun, monk, pope, shaman, druid
thief: ninja, pickpocket, outlaw, smuggler, spy
person: man, woman, villager, peasant, townsman, merchant, beggar, traveler, adventurer, hero, scientist
man: farmer, blacksmith, merchant, innkeeper, lumberjack, miner, fisherman, cowboy, sheriff, bartender
woman: maid, waitress, nurse, girl, dancer
dragon: hydra, wyvern, drake, lindworm
monster: beholder, chimera, behemoth, gargoyle, abomination
demon: succubus, incubus, balrog, hellspawn
ghost: banshee, poltergeist, wisp
zombie: ghoul, mummy, revenant
skeleton: lich, bone golem
golem: gargoyle, elemental, stone golem
giant: cyclops, ogre, titan, yeti, bigfoot
slime: amoeba, gelatinous cube
wolf: coyote, jackal, dire wolf, warg, husky
dog: corgi, poodle, bulldog, husky, terrier, dachshund, shepherd, wolf
cat: lynx, tabby, panther
tiger: saber tooth, panther, cheetah
leopard: cheetah, jaguar, panther
bear: panda, grizzly, polar bear
horse: pony, stallion, donkey, mule, zebra, mare
deer: moose, elk, reindeer, stag, antelope, gazelle
bird: crow, raven, eagle, hawk, owl, parrot, seagull, pigeon, robin, canary, sparrow, vulture
eagle: hawk, falcon, vulture
crow: raven, blackbird
fish: salmon, trout, tuna, carp, goldfish, piranha, clownfish, koi, anglerfish
shark: orca, megalodon
whale: orca, narwhal
lizard: gecko, iguana, chameleon, newt, salamander
dinosaur: raptor, triceratops, stegosaurus, brontosaurus, velociraptor
spider: tarantula, black widow
beetle: scarab, stag beetle
ant: termite
butterfly: moth
fly: mosquito, gnat, wasp, hornet
tree: oak, maple, birch, willow, pine, cherry tree, apple tree, bonsai, elm, spruce
plant: fern, herb, weed, vine, potted plant, succulent, venus flytrap
flower: tulip, daisy, lily, orchid, rose, poppy, lavender, violet, daffodil, iris, lotus
fruit: mango, papaya, kiwi, plum, fig, apricot
berry: blueberry, raspberry, blackberry, elderberry, strawberry
vegetable: turnip, beet, leek, zucchini, radish, cabbage
mushroom: truffle, morel, chanterelle
bread: bun, roll, toast, baguette, croissant, bagel, loaf, ration
cake: brownie, pancake, cheesecake, tart
meat: ham, bacon, sausage, beef, pork, rib, mutton, jerky
pot: vase, urn, pottery, amphora, flower pot, kettle, pan
vase: urn, amphora
bottle: jar, flask, vial, jug, canteen
cup: mug, goblet, chalice, tankard, grail
mug: tankard, stein
bowl: dish, basin
bag: sack, pouch, satchel, loot bag, backpack
sack: bag, burlap sack
box: crate, case, chest, toolbox, lunchbox, cage
crate: pallet, container, supply box
lamp: street light, lantern, floor lamp, streetlamp, candle
light: beacon, spotlight, searchlight
table: desk, workbench, counter, altar, crafting table, nightstand
chair: stool, armchair, throne, rocking chair, bench
bed: cot, bunk, hammock, sleeping bag, bedroll
door: gate, hatch, trapdoor, gateway, archway
wall: palisade, rampart, barricade
fence: railing, barrier, picket fence
stairs: ladder, escalator
ladder: rope ladder, step ladder
statue: obelisk, monument, totem, bust, gargoyle
rock: pebble, meteorite, asteroid, meteor, rubble
gem: ruby, sapphire, emerald, amethyst, topaz, opal, diamond, crystal, jade, pearl
diamond: gem
ore: coal, iron ore, gold ore, nugget
ingot: gold bar, iron bar, bullion
bar: ingot
coin: token, doubloon, medallion, rupee
money: cash, banknote, dollar
crown: tiara, circlet, laurel
ring: signet, wedding band
necklace: choker, beads, medallion, talisman, pendant
book: diary, journal, notebook, bible, manual, codex
scroll: note, letter, contract, document, recipe, page
map: chart, blueprint
tool: screwdriver, pliers, chisel, crowbar, trowel
boat: raft, ferry, gondola, kayak, rowboat, dinghy, yacht
ship: frigate, caravel, warship, longship, steamship
car: taxi, jeep, van, limousine, sports car, pickup truck, sedan
truck: dump truck, fire truck, pickup, bulldozer, tractor
airplane: jet, biplane, fighter jet, glider, bomber
spaceship: shuttle, probe, satellite, lander
robot: cyborg, drone, golem, turret
alien: martian, grey, xenomorph
train: tram, subway, railcar
music: song, melody
guitar: banjo, ukulele, bass
drum: tambourine, bongo
trumpet: trombone, tuba, saxophone
fire: ember, blaze, inferno, explosion
cloud: fog, mist, smoke, storm
star: comet, shooting star, pulsar
ball: basketball, soccer ball, beach ball, volleyball
trap: bear trap, mousetrap, snare
sign: signboard, billboard, notice board, placard
clock: watch, sundial, stopwatch, pocket watch
`;
