/**
 * Names of one thing, one line each: any of them may stand for any other. The first few words of a line are what the
 * licensed drawings are called. Singular; several words in their order.
 */
export const SAME = `
pickaxe, pick, mattock
direction sign, signpost, sign post, road sign, wooden sign, sign
fishing rod, fishing pole
laser gun, ray gun, blaster, laser pistol, raygun, energy pistol, gun
treasure chest, loot chest, chest, coffer, strongbox
pumpkin lantern, jack o lantern, jackolantern, halloween pumpkin
torch, wall torch, wooden torch
campfire, camp fire, bonfire, firepit, fire pit, campsite, fire
bomb, cherry bomb
dynamite, tnt, explosive
lightsaber, light saber, laser sword
breastplate, chestplate, cuirass, plate armor, chest armor
helmet, helm
shirt, tunic, t shirt
crown, diadem, tiara
pendant, locket, amulet, necklace, gem pendant
backpack, satchel, rucksack, knapsack
pouch, purse, coin purse
coffin, casket, sarcophagus
gem, gemstone, jewel, gem stone, precious stone
crystal, gem, crystal cluster, crystal ball
potion, elixir, tonic, brew, philter, flask, vial
health potion, healing potion, red potion, potion
mana potion, magic potion, potion
crystal ball, orb, magic orb, sphere
statue, idol, sculpture, figurine
gravestone, tombstone, headstone, grave
broom, broomstick, besom
stairs, staircase, stair, steps
house, home, cottage, small house
hut, shack, hovel, cabin, log cabin
refrigerator, fridge
superhero, super hero, hero
supervillain, villain
ghost, spirit, specter, spectre, phantom, wraith
cat, kitten, kitty
dog, puppy, hound
pig, piglet, hog
rabbit, bunny, hare
chicken, hen, rooster
chick, baby chick, hatching chick
cow, ox, bull
sheep, lamb, ram
mouse, rat
frog, toad
fish, tropical fish
shark, great white shark
jellyfish, medusa jelly
bird, sparrow, songbird
bug, insect, beetle
honeybee, bee, bumblebee, wasp
ladybug, lady beetle, ladybird
worm, earthworm
snake, serpent, viper, cobra, adder
crocodile, alligator
octopus, squid, kraken
dinosaur, t rex, trex, sauropod
dragon, drake, wyvern, wyrm
slime, jelly, ooze, blob, green slime, pudding
skeleton, skeletal warrior, undead skeleton
zombie, undead, ghoul, walking corpse
demon, devil, fiend, imp
orc, orc warrior, uruk
goblin, hobgoblin
ogre, troll
wizard, mage, sorcerer, magician, warlock, archmage
sorceress, enchantress, witch
knight, paladin, crusader, armored knight
warrior, fighter, soldier, swordsman
samurai, ronin
ninja, shinobi, assassin
archer, bowman, ranger, elf archer
thief, rogue, bandit, burglar, robber
priest, cleric, bishop, healer
monk, friar
pirate, buccaneer, corsair, pirate captain, captain
king, monarch, emperor
queen, empress
princess, maiden
prince, young king
guard, city guard, town guard, royal guard, guardsman, watchman
soldier, trooper, infantry
farmer, peasant, villager, farm worker
blacksmith, smith, factory worker
merchant, shopkeeper, trader, vendor
cook, chef
astronaut, spaceman, cosmonaut
alien, extraterrestrial, martian, ufo pilot
ufo, flying saucer
robot, android, droid, mech, automaton
mermaid, merfolk
fairy, pixie
angel, archangel
vampire, dracula, vampire lord
mummy, dwarf mummy, elf mummy
werewolf, wolfman
man, guy, human, person
woman, lady, human
boy, kid, child
girl, kid, child
old man, elder, grandfather
old woman, grandmother
santa claus, santa, father christmas
mushroom, toadstool, fungus
tree, oak tree, deciduous tree
pine tree, evergreen tree, fir tree, spruce, conifer, pine, fir, christmas tree
palm tree, palm, coconut tree
dead tree, bare tree, withered tree
bush, shrub, hedge
sapling, seedling, sprout
flower, blossom, daisy, tulip
rose, red rose
sunflower, sun flower
grass, grass tuft, tall grass
cactus, desert cactus
log, wood log, wooden log
rock, boulder, stone
ore, ore vein, iron ore
ice cream, icecream, soft ice cream, gelato
bread, loaf of bread, bread loaf
cheese, cheese wedge, cheese slice
meat, meat on bone, cut of meat, steak
drumstick, poultry leg, chicken leg
beer mug, ale, mead, beer, tankard of ale
hamburger, burger, cheeseburger
hot dog, hotdog
french fries, fries, chips
donut, doughnut
cupcake, muffin
cake, birthday cake, shortcake
pie, apple pie
pizza, pizza slice
egg, chicken egg
fried egg, cooked egg
corn, ear of corn, maize
lettuce, leafy green
tomato, tomatoes
soup, bowl of soup, pot of food, stew
coffee, hot beverage, coffee cup, cup of coffee
tea, teacup, teacup without handle
wine glass, glass of wine, wine
milk, glass of milk, milk glass
glass, drinking glass, water glass, tumbler glass
tumbler glass, whiskey, rum
watermelon, watermelon slice, melon
banana, bananas
grapes, grape
cherry, cherries
berry, blueberries, berries
strawberry, wild strawberry
boots, boot, pair of boots, hiking boot
gloves, glove, gauntlets, gauntlet
shoe, shoes, running shoe, sneaker
hat, cap, woman's hat
wizard hat, wizard's hat, pointy hat, mage hat
top hat, tophat
cape, cloak, mantle
robe, robes, wizard robe
ring, gold ring, magic ring
coin, gold coin, coins
coin stack, stack of coins, coin pile, pile of coins, pile of gold coins, coins
money bag, bag of money, bag of gold, sack of gold, bag of coin, sack of coin, bag of gold coin
key, old key, door key
lock, padlock, locked
scroll, parchment, spell scroll
map, world map, treasure map
book, tome, closed book
spell book, spellbook, grimoire, magic book, tome of power
letter, envelope, mail
feather, quill
candle, lit candle
lantern, oil lamp, lamp
lamp, table lamp, desk lamp
light bulb, lightbulb
bookshelf, bookcase, book shelf, bookshelves
cabinet, cupboard, wardrobe, closet
dresser, drawers, chest of drawers
crate, wooden crate, wooden box, box
cardboard box, package, parcel, box
barrel, wooden barrel, keg
bucket, pail
cauldron, witch cauldron, magic pot, pot
table, wooden table
chair, wooden chair, stool
bench, park bench
sofa, couch, couch and lamp
throne, royal chair
bed, wooden bed
door, wooden door, closed door
gate, portcullis, iron gate, closed iron portcullis
fence, wooden fence
window, glass window
bridge, wooden bridge
well, water well, stone well
fountain, water fountain
windmill, wind mill
castle, fortress, keep
tower, castle tower, watchtower, wizard tower
church, chapel
temple, shrine
tent, camping tent
lighthouse, light house
shop, store, convenience store, market stall
skyscraper, office building
campsite, camping
sword, longsword, long sword, broadsword, broad sword
greatsword, great sword, two handed sword, claymore
axe, battle axe, battleaxe, hatchet, war axe
dagger, knife
hammer, war hammer, warhammer
spear, javelin, pike
mace, morningstar, morning star
bow, longbow, long bow, bow and arrow, shortbow
crossbow, arbalest
arrow, arrows
staff, magic staff, wizard staff, quarterstaff
wand, magic wand
shield, buckler, kite shield, round shield
pistol, handgun, revolver, gun, water pistol
rifle, gun, assault rifle
shuriken, throwing star
bullet, bullets, ammo
cannon, artillery
grenade, hand grenade
scythe, sickle
whip, bullwhip
pitchfork, hay fork
shovel, spade
hoe, garden hoe
saw, carpentry saw
wrench, spanner
screwdriver, screw driver
fishing net, net
rope, knot
chain, chains
anvil, blacksmith anvil
hourglass, sand clock, hourglass done
clock, wall clock, mantelpiece clock
bell, hand bell
magnifying glass, magnifier, magnifying glass tilted left
telescope, spyglass
compass, navigation compass
gear, cog, cogwheel
battery, power cell
computer, desktop computer, pc
laptop, notebook computer
phone, mobile phone, smartphone
television, tv
camera, photo camera
game controller, gamepad, video game, joystick
arcade machine, arcade cabinet
vending machine, soda machine
sailboat, sailing boat, sail boat, sailing ship
boat, rowing boat, canoe, motor boat, sailing boat
ship, sailing ship, pirate ship, galleon, sailboat
submarine, u boat
airplane, plane, aeroplane, aircraft
airship, blimp, zeppelin, hot air balloon
hot air balloon, balloon
rocket, rocket ship
spaceship, space ship, starship, spacecraft, starfighter
car, automobile, racing car
race car, racing car
truck, delivery truck, lorry
train, locomotive, steam train
bicycle, bike
motorcycle, motorbike
tank, battle tank
cart, wagon, mine cart, minecart
helicopter, chopper
heart, red heart
broken heart, shattered heart
star, gold star
lightning bolt, lightning, high voltage, thunderbolt
fire, flame, fireball
snowflake, snow flake
snowman, snow man
skull, human skull
skull and crossbones, skull crossbones, jolly roger
bone, bones
eye, eyeball
web, spider web, spiderweb, cobweb
portal, magic portal, gateway
trap, spike trap, spikes, spikes trap
lever, switch
chandelier, candelabra
mirror, hand mirror
painting, framed picture, frame with picture, picture frame
carpet, rug, mat
present, gift, wrapped gift, gift box
trophy, cup trophy, winners cup
medal, military medal, sports medal
flag, banner
megaphone, loudspeaker
guitar, lute, acoustic guitar
drum, drums
trumpet, horn, bugle
violin, fiddle
lyre, harp
piano, musical keyboard
scarf, woolen scarf
plague doctor, bird mask, plague mask, beaked mask
inventory slot, item slot, slot, slot frame, inventory slot frame
health bar, hp bar, life bar, bar
button, ui button
cursor, mouse cursor, pointer, mouse pointer
dialog box, text box, speech box, panel, window panel
speech bubble, speech balloon
`;
