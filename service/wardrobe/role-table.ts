/**
 * Whom a prompt may name, one role a line: names, the first its own | m, f or blank, then "old", hair=colors | colors
 * for what is worn in "~", the seed chooses | what is worn: items of the item table divided by ";", "?" before what
 * the seed may leave out, "/" between those it chooses among, then ":" and colors. What must not be guessed from a
 * role alone is left out, so that a word that has no part is told.
 */
export const ROLES = `
knight, armored knight, horseman, cavalier, chevalier | m | steel,silver | plate armor: ~; closed helmet: ~; ?cape: red,blue; longsword; ?knight shield: red,blue
paladin, crusader, templar, holy knight, holy warrior | m | silver,steel | plate armor: ~; great helm: ~; tabard: white; crusader shield; arming sword: steel; ?cape: white
dark knight, death knight, black knight, antipaladin, evil knight, doom knight | m | black | plate armor: ~; great helm/closed helmet: ~; tattered cape: maroon,black; longsword
warrior, fighter, swordsman, swordswoman, hero, heroine, mercenary, soldier of fortune, champion, warlord, chieftain | | brown,leather | tunic: blue,red,green; pants: walnut,charcoal; boots: brown; leather armor: ~; ?leather pauldrons: ~; ?headband: red,blue; arming sword/longsword: steel; ?shield
adventurer, explorer, traveler, traveller, wanderer, rpg hero, protagonist | | green,blue,red | shirt: ~; pants: brown,walnut; folded boots: brown; belt: leather; vest: brown; cape: forest,navy,maroon; arming sword: steel; ?backpack: tan
soldier, infantry, footman, man at arms, trooper, infantryman, legionnaire, militiaman | m | blue,red,navy | shirt: ~; pants: charcoal; boots: black; chainmail: steel; tabard: ~; kettle hat/helmet: steel; spear/arming sword; ?shield
guard, guardsman, royal guard, city guard, town guard, castle guard, sentry, watchman, gatekeeper, palace guard | m | navy,maroon,forest | shirt: ~; pants: charcoal; boots: black; chainmail: steel; tabard: ~; kettle hat: steel; spear; gloves: brown
modern soldier, ww2 soldier, wwii soldier, army soldier, commando, marine, special forces | m | olive | buttoned shirt: ~; pants: ~; boots: black; vest: dark olive; gloves: black; helmet: olive; belt: black
redcoat, redcoat soldier, british soldier, grenadier | m | red | uniform: ~; pants: white; boots: black; belt: white; bicorne: black; spear
general, officer, commander, commandant, colonel | m hair=gray,black | navy,maroon | uniform: ~; boots: black; belt: black; bicorne: ~; rapier; sash: red,yellow
gladiator, arena fighter | m skin=tan_r,bronze | bronze,brass | legion skirt: leather; bare chest; sandals: brown; bracers: ~; legion pauldrons: ~; belt: leather; gladiator helmet: ~; arming sword; shield
roman soldier, legionary, centurion, roman, roman legionary, roman centurion | m | red | tunic: ~; legion armor: steel; legion skirt: ~; sandals: brown; roman helmet: gold; legion pauldrons: steel; tower shield: red; arming sword
spartan, hoplite, greek warrior, spartan warrior | m skin=tan_r,bronze | bronze | legion skirt: red; breastplate: ~; sandals: brown; cape: red; spartan helmet: ~; bracers: ~; spartan shield; spear
viking, norseman, norse warrior, viking warrior | m hair=redhead,blonde,ginger | brown,forest,navy | shirt: ~; pants: walnut; rimmed boots: brown; belt: leather; leather pauldrons: walnut; long hair; beard/long beard; horned helmet: steel; axe; shield
barbarian, berserker, savage, caveman warrior, conan | m skin=bronze,tan_r hair=redhead,black,brown | leather,walnut | kilt: ~; rimmed boots: brown; bracers: bronze; belt: brown; long messy hair; ?beard; ?barbarian helmet; axe; bare chest
shieldmaiden, valkyrie, amazon, warrior woman, warrior princess, female warrior | f hair=blonde,redhead | silver,steel | breastplate: ~; legion skirt: leather; boots: brown; bracers: ~; braid; winged helmet: ~; spear; shield; cape: blue,red
samurai, ronin, shogun, samurai warrior | m hair=black | navy,maroon,charcoal | shirt: ~; kilt: ~; tabi: white; leather armor: maroon,black; legion pauldrons: copper,iron; obi: red; topknot; katana
ninja, shinobi, kunoichi | | black,charcoal | shirt: ~; pants: ~; tabi: ~; gloves: ~; sash: maroon,red; mask: ~; hood: ~; katana/dagger
assassin, hitman, shadow assassin, blade dancer | | charcoal,black | shirt: ~; pants: ~; folded boots: black; leather armor: black; gloves: black; hood: ~; mask: black; cape: ~; dagger
thief, rogue, burglar, pickpocket, robber, scoundrel, sneak | | slate,gray | shirt: ~; pants: charcoal; leather armor: walnut; folded boots: walnut; gloves: walnut; hood: gray,charcoal; dagger; ?mask: black
bandit, outlaw, brigand, highwayman, raider, marauder, criminal, thug, gangster | m | brown,walnut,maroon | shirt: tan,gray; pants: charcoal,walnut; leather armor: ~; boots: black; bandana: red,maroon; mask: red,black; dagger/scimitar/axe
pirate, buccaneer, corsair, swashbuckler, sea dog | hair=black,brown | red,white,blue | striped shirt/shirt: ~; pants: navy,brown; folded boots: black; sash: red,maroon; bandana: red,black; eyepatch: black; ?short beard; scimitar
pirate captain, captain, captain hook, sea captain, pirate king, pirate queen, blackbeard | hair=black | maroon,navy | shirt: white; coat: ~; pants: navy,charcoal; folded boots: black; sash: red; long messy hair; man beard; eyepatch: black; tricorne: black+gold; scimitar
sailor, seaman, deckhand, boatswain, fisherman, fisher, angler | m | white,blue | striped shirt: ~; pants: navy; shoes: black; bandana: blue,red; ?beard
admiral, navy officer, napoleon, naval officer, commodore | m hair=gray,white | navy | uniform: ~; boots: black; bicorne: ~; sash: red; rapier
archer, bowman, marksman, markswoman, bowwoman, sharpshooter | | green,brown | shirt: ~; pants: brown; boots: brown; leather armor: brown; ?bracers: bronze; ?feathered cap: forest,red; bow
ranger, hunter, huntress, woodsman, scout, tracker, forester, huntsman | | green,forest | shirt: ~; pants: walnut; folded boots: brown; leather armor: brown; cape: forest; feathered cap/hood: forest; bow
robin hood, merry man | m hair=brown | green | shirt: ~; leggings: forest; folded boots: brown; belt: leather; feathered cap: ~+red; short beard; bow
crossbowman, arbalist, monster hunter, vampire hunter, witch hunter, bounty hunter, demon hunter | | brown,charcoal | shirt: gray; pants: charcoal; boots: black; leather armor: ~; cape: ~; hat: ~; crossbow
wizard, sorcerer, magician, archmage, enchanter, old mage, gandalf, merlin | m old hair=white,gray | blue,purple,navy | robe: ~; rope belt; shoes: brown; long hair; long beard; wizard hat: ~; staff; thick eyebrows
sorceress, enchantress, female mage, female wizard | f hair=black,purple,redhead | purple,blue,maroon | robe: ~; sash: yellow; shoes: black; womens hair; wizard hat: ~; crystal staff; ?amulet: gold
mage, young mage, magic user, spellcaster, apprentice, apprentice wizard, wizard apprentice, young wizard, student wizard, battle mage, elementalist | | blue,purple,red | robe: ~; sash: yellow; boots: brown; wizard hat: ~; staff/crystal staff
warlock, dark wizard, necromancer, dark mage, evil wizard, dark sorcerer, cultist, occultist, dark priest, shadow priest | m hair=black,gray | black,purple | robe: ~; rope belt; boots: black; hood: ~; tattered cape: purple,maroon; snake staff; amulet: gold
witch, hag, sorceress witch, crone | f hair=raven,purple,redhead | purple,black | robe: ~; belt: brown; boots: black; wavy hair; witch hat: black; loop staff
druid, shaman, witch doctor, nature mage, herbalist, hermit | hair=brown,gray | forest,brown,green | robe: ~; rope belt; sandals: brown; long messy hair; gnarled staff; cape: brown; man long beard
summoner, conjurer, diviner, fortune teller, oracle, seer, gypsy, mystic | f hair=black | purple,maroon,teal | dress: ~; sash: yellow; bandana: red; amulet: gold; shoes: black; curly hair
priest, cleric, bishop, pope, vicar, pastor, healer, chaplain, reverend, cardinal | m hair=ash,gray | white | robe: ~+yellow; shoes: brown; cross: gold; short hair; staff
priestess, female priest, female cleric, female healer, vestal, saint | f hair=blonde,white | white | robe: ~+yellow; shoes: white; cross: gold; womens hair; tiara: gold; loop staff
monk, friar, abbot, brother | m hair=brown | brown | robe: ~; rope belt; sandals: brown; tonsure; plain staff
shaolin monk, martial artist, kung fu fighter, karate fighter, karateka, fist fighter, martial monk | m | orange,white | vneck shirt: ~; pantaloons: ~; obi: black,maroon; shoes: black; headband: red,white; buzzcut
nun, sister, mother superior | f | black | robe: ~; headscarf: ~; cross: gold; shoes: black
king, monarch, emperor, sultan, old king, ruler | m hair=gray,brown,white | purple,red,blue | robe: ~; belt: leather; shoes: black; cape: red+white; short hair; beard; crown: gold
queen, empress | f hair=brown,blonde,black | red,purple,maroon | dress: ~; cape: ~+white; shoes: black; princess hair; crown: gold; necklace: gold
prince, young prince | m hair=blonde,brown | blue,red,purple | buttoned shirt: ~; pants: white; high boots: black; cape: ~; sash: yellow; short hair; circlet: gold; rapier
princess, damsel, young princess | f hair=blonde,brown | pink,light blue,lavender | dress: ~; shoes: ~; princess hair; tiara: silver,gold
noble, nobleman, lord, duke, baron, count, aristocrat, earl, gentleman, baronet | m hair=brown,gray | maroon,navy,purple | buttoned shirt: white; coat: ~; pantaloons: ~; high boots: black; cravat: white; short hair; ?mustache; ?rapier
noblewoman, lady, duchess, baroness, countess | f hair=brown,black,redhead | maroon,navy,purple | dress: ~; shoes: black; bun; necklace: gold
jester, clown, fool, harlequin, joker | m | red,purple | shirt: ~; pantaloons: yellow,green; shoes: ~; christmas elf hat: ~; ruff: white; sash: yellow
bard, minstrel, troubadour, musician | hair=brown,blonde,redhead | purple,green,red | shirt: white; vest: ~; leggings: brown; high boots: brown; cape: ~; musketeer feather hat: ~+white; short hair
dancer, belly dancer, ballerina, performer | f hair=black,brown | red,pink,teal | tank top: ~; long skirt: ~; sandals: yellow; necklace: gold; ponytail
musketeer, fencer, duelist, cavalryman | m hair=brown,black | blue,red | shirt: white; tabard: ~; pants: charcoal; high boots: brown; cape: ~; musketeer feather hat: ~+white; handlebar mustache; rapier
farmer, peasant farmer, farmhand, rancher | m hair=ginger,brown,blonde | red,green,blue | shirt: ~; overalls: navy,blue; boots: brown; hat: tan; ?beard
farmer girl, farm girl, milkmaid, farmer woman, female farmer | f hair=ginger,brown,blonde | red,green,blue | shirt: ~; overalls: navy,blue; boots: brown; hat: tan; braid
peasant, serf, beggar, poor man, homeless man, hobo, commoner, vagabond | | brown,tan,gray | shirt: ~; pants: walnut,gray; rope belt; ?shoes: brown; ?cap: brown,gray; messy hair
villager, townsperson, figure, stranger, traveller person, citizen, townsfolk, civilian, npc, person, human, guy, man, woman, boy, girl, male, female, gentle man, dude, character, husband, wife, father, mother, dad, mom, lad, lass, someone, adult, people, youth | | red,green,blue,yellow,tan,teal,purple,orange,white | shirt/tunic/vneck shirt: ~; pants: brown,charcoal,navy,walnut; boots/shoes: brown,black; ?belt: leather; ?vest: gray,forest,navy; any hair; ?man short beard
villager woman, village girl, townswoman, village woman, peasant girl, housewife, peasant woman | f | red,green,blue,teal,purple | shirt: white,tan; bodice: ~; long skirt: ~; shoes: brown; womens hair; ?apron: white
elder, village elder, old man, grandfather, grandpa, old wise man, sage, philosopher, scholar, wise man, prophet | m old hair=white,gray | brown,gray,white | robe: ~; rope belt; sandals: brown; balding; long beard; walking stick
old woman, grandmother, grandma, granny, old lady, elderly woman | f old hair=white,gray | maroon,forest,purple | shirt: ~; long skirt: ~; shoes: brown; bun; shawl: gray; glasses; walking stick
blacksmith, smith, armorer, weaponsmith, forgemaster | m skin=tan_r,bronze hair=brown,black | gray,tan | tank top: ~; pants: charcoal; boots: black; apron: leather; gloves: brown; ?bandana: red; beard; mace
merchant, trader, shopkeeper, vendor, salesman, peddler, shop owner, storekeeper, banker, seller, dealer | m | purple,green,maroon | shirt: white; vest: ~; pantaloons: brown; shoes: brown; belt: leather; cap: ~; mustache; backpack: tan
innkeeper, bartender, barkeep, tavern keeper, barman, brewer | m | white | shirt: ~; vest: maroon,forest,brown; apron: tan; pants: charcoal; shoes: black; balding; mustache
barmaid, tavern wench, waitress, tavern maid | f hair=blonde,redhead,brown | white | blouse: ~; bodice: maroon,forest; long skirt: brown,maroon; apron: white; shoes: brown; braid
maid, servant girl, maidservant, housemaid | f hair=brown,black | black | dress: ~; apron: white; shoes: black; headband: white; bun
butler, waiter, servant, valet | m hair=black,gray | black | suit: ~+black; gloves: white; shoes: black; short hair
cook, chef, baker, butcher | | white | buttoned shirt: ~; pants: gray,charcoal; shoes: black; apron: ~; bandana: white; ?mustache; dagger
miner, prospector, digger, dwarf miner | m | tan,brown | shirt: ~; overalls: brown,navy; boots: black; gloves: brown; kettle hat: brass; beard
lumberjack, woodcutter, logger, woodcutter man | m hair=brown,ginger | red | shirt: ~; suspenders: brown; pants: navy; boots: brown; beard; flat cap: ~; axe
carpenter, builder, construction worker, workman, worker, handyman, engineer, mechanic, technician, inventor, tinkerer | | orange,blue,yellow | shirt: ~; overalls: navy,brown; boots: brown; gloves: tan; kettle hat: yellow; ?goggles
gardener, florist | | green | shirt: white; overalls: ~; boots: brown; hat: tan; gloves: tan
tailor, seamstress, weaver, clerk, accountant, librarian, teacher, professor, scientist assistant, writer, poet | | brown,forest,navy | buttoned shirt: white; vest: ~; formal pants; shoes: brown; glasses; short hair
doctor, physician, surgeon, scientist, mad scientist, alchemist, chemist, apothecary, professor scientist, researcher | | white | buttoned shirt: light blue; coat: ~; pants: charcoal; shoes: black; glasses; messy hair; gloves: white
nurse, medic | f hair=blonde,brown | white | buttoned shirt: ~; skirt: ~; shoes: ~; headscarf: white; bun
plague doctor | m | black | robe: ~; gloves: ~; boots: ~; cape: ~; hat: ~; mask: white; plain staff
cowboy, gunslinger, sheriff, rancher cowboy, desperado, cowgirl | | brown,tan | shirt: red,blue; vest: ~; pants: navy; high boots: brown; cowboy hat: ~; belt: leather; whip
policeman, police officer, cop, policewoman, security guard, security | | navy | uniform: ~; shoes: black; belt: black; cap: ~; short hair
firefighter, fireman | m | orange | jumpsuit: ~; belt: yellow; kettle hat: red; boots: black; axe
businessman, businesswoman, spy, detective, secret agent, agent, mafia boss, mobster, lawyer, president, politician | | black,charcoal | suit: ~+red; shoes: black; short hair
student, schoolboy, schoolgirl, teenager, kid, child, school boy, school girl | hair=brown,black,blonde | blue,red,green | t shirt: ~; shorts/pants: navy,gray; shoes: white,red; any hair
punk, rocker, rock star, biker, skater, gang member | hair=green,purple,pink,black | black | t shirt: white,red; jacket: ~; pants: navy,black; boots: black; mohawk
athlete, boxer, wrestler, runner, football player, soccer player, basketball player, tennis player, fighter boxer, sportsman | | red,blue | tank top: ~; shorts: ~; gloves: red; shoes: white; buzzcut
astronaut, cosmonaut, spaceman, space explorer | | white | space suit: ~+gray; astronaut helmet: silver
space marine, space soldier, starship trooper, scifi soldier, cyber soldier, stormtrooper, futuristic soldier | m | steel,blue,olive | plate armor: ~; robot helmet: ~; glowsword
space pilot, pilot, aviator, space captain, starship captain | | orange,brown | jumpsuit: ~; belt: black; boots: black; goggles; cap: brown; short hair
cyberpunk, hacker, cyborg, cyberpunk hacker, android girl | hair=pink,blue,purple | black,purple | t shirt: ~; jacket: charcoal; pants: black; boots: black; sunglasses; spiky hair; glowsword
superhero, super hero, superheroine, vigilante, caped crusader | | blue,red | leggings: ~; shirt: ~; high boots: red,yellow; gloves: red; cape: red; mask: red; belt: yellow; short hair
jedi, sith, space monk | hair=brown | tan,brown | robe: ~; cape: brown; high boots: brown; belt: leather; lightsaber: light blue,green
santa, santa claus, father christmas | m old hair=white | red | santa coat: ~; pants: ~; boots: black; belt: black; long beard; santa hat: ~; gloves: white
caveman, tribesman, cavewoman, savage man, native, hunter gatherer | skin=bronze,tan_r hair=black,brown | leather,walnut | kilt: ~; bare chest; messy hair; man beard; mace
arabian warrior, desert nomad, bedouin, nomad, desert warrior, arabian, persian warrior | m skin=honey_r,tawny_r hair=black | white,tan | robe: ~; sash: red; sandals: brown; headscarf: ~; scimitar
egyptian, pharaoh, egyptian king, cleopatra | skin=honey_r,bronze hair=black | white | kilt: ~; bare chest; sandals: yellow; necklace: gold; bracers: gold; circlet: gold; crook: gold; bob
geisha, japanese woman, miko, shrine maiden | f skin=porcelain_r hair=black | red,pink,purple | kimono: ~+white; tabi: white; bun
sumo wrestler, sumo | m hair=black | white,red | short shorts: ~; bare chest; barefoot; topknot; belt: black
swimmer, lifeguard, surfer | | red,blue,yellow | shorts: ~; bare chest; barefoot; any hair
executioner, headsman, torturer | m | black | pants: ~; leather armor: black; boots: ~; hood: ~; mask: ~; gloves: ~; axe
prisoner, convict, slave, captive | m | white,orange | striped shirt: ~; pants: gray; barefoot; buzzcut
grim reaper, reaper, death, wraith, specter, spectre, phantom | m | black | robe: ~; tattered cape: ~; hood: charcoal
scarecrow | | tan | shirt: ~; overalls: brown; rope belt; hat: brown; messy hair; gloves: tan; boots: brown
tamer, beast tamer, beast master, beastmaster, animal trainer, ringmaster, lion tamer | | maroon,red | buttoned shirt: white; coat: ~; pants: white; high boots: black; short hair; whip
chef cook, swashbuckling pirate, treasure hunter, archaeologist, tomb raider, indiana | | tan,brown | shirt: ~; pants: brown; jacket: brown; belt: leather; boots: brown; hat: brown; whip
bride | f hair=brown,blonde | white | dress: ~; princess hair; tiara: silver; shoes: white; necklace: silver
groom | m hair=brown | black | suit: ~+black; shoes: black; short hair
squire, page, town crier, crier, herald, messenger, courier, recruit, guard recruit | m hair=brown,blonde | blue,red,green | shirt: white; tabard: ~; leggings: gray; high boots: brown; cap: ~; short hair
gatherer, shepherd, goatherd, shepherdess | | tan,brown | robe: ~; rope belt; sandals: brown; cap: brown; crook
drunkard, drunk, brawler, bouncer | m hair=brown,black | gray,tan | tank top: ~; pants: brown; boots: brown; short beard; messy hair
`;
/**
 * What a character is, if not a plain human, one kind a line: names | body | head (male/female) or human | skins, the
 * seed chooses | what grows on it, in the form of the roles | hair and eye colors as role flags | what is worn if no
 * role is named, colors for "~" first.
 */
export const KINDS = `
elf, elven, high elf, wood elf, elf girl, elvish | body | human | | pointed ears | hair=blonde,platinum,brown eyes=green | green,blue,forest; shirt: ~; pants: brown; high boots: brown; belt: leather; cape: ~; long hair
dark elf, drow, night elf, blood elf | body | human | lavender | long ears | hair=white,silver eyes=red | purple,black; shirt: ~; pants: black; high boots: black; leather armor: black; cape: ~; long hair; arming sword
dwarf, dwarven | body | human | peach_r,tan_r | thick eyebrows; man long beard | m hair=ginger,redhead,brown | blue,maroon,forest; shirt: ~; pants: walnut; chainmail: steel; rimmed boots: brown; belt: leather; helmet: steel; axe
gnome, garden gnome | body | human | peach_r | big nose; long beard | m old hair=white | blue,green,red; shirt: ~; pants: brown; boots: brown; belt: black; gnome hat: red
halfling, hobbit | body | human | peach_r | | hair=brown,ginger | green,brown,maroon; shirt: white; vest: ~; shorts: brown; barefoot; curly hair; cape: forest
goblin, hobgoblin, gremlin, goblin warrior | body | goblin | !green | | | leather,walnut,brown; tunic: ~; shorts: walnut; belt: leather; dagger
kobold, lizardfolk, lizardman, lizard man, lizard, lizard person, reptile man, reptilian, argonian, lizardwoman, crocodile man, snake man, naga | body | lizard-male/lizard-female | !green,bright_green | lizard tail | | brown,leather; kilt: ~; leather armor: ~; bracers: bronze; spear
dragonborn, dragon man, dragonkin, draconian, half dragon, dragon knight | body | lizard-male/lizard-female | !red | lizard tail; dragon wings: red; curled horns | hair=dark_gray | steel,bronze; chainmail: ~; pants: charcoal; bracers: ~; longsword
orc, orcish, half orc, uruk, orc warrior, ogre, orc chieftain, orc warlord, orc chief | body | orc-male/orc-female | !dark_green | | | leather,walnut; pants: walnut; rimmed boots: leather; leather armor: ~; leather pauldrons: ~; mace
troll, cave troll, giant, cyclops man | body | troll | !pale_green,zombie_green | | | walnut,leather; kilt: ~; bracers: bronze; mace; bare chest
skeleton, skeletal | skeleton | skeleton | !bone | | | steel; bare chest; barefoot; bare legs
skeleton warrior, skeleton soldier, skeleton knight, undead warrior, undead soldier, skeleton fighter | skeleton | skeleton | !bone | | | iron,steel; helmet: ~; shield; longsword; bare chest; barefoot; bare legs
lich, skeleton mage, skeleton wizard, undead mage, lich king, undead king | skeleton | skeleton | !bone | | eyes=red | purple,black; robe: ~; tattered cape: ~; crown: gold; snake staff
zombie, ghoul, undead, walking dead, rotting corpse | zombie | human | zombie | undead wounds | hair=dark_gray eyes=red | slate,brown; shorts: ~; balding hair; barefoot; bare chest
mummy | body | human | zombie | | eyes=red | white; bandages; headscarf: white; leggings: white; tabi: white
vampire, dracula, vampire lord, nosferatu, vampiress, vampire count | body | human | ivory_r | fangs | hair=black eyes=red | black; buttoned shirt: white; pants: ~; shoes: ~; cape: black+red; vest: maroon; short hair
demon, devil, fiend, satan, demon lord, hell knight | body | human | !red | straight horns; bat wings: maroon; lizard tail; fangs | hair=black eyes=yellow | black; pants: ~; bare chest; barefoot; spear
imp, little demon | body | goblin | !red | straight horns; lizard tail | | black; shorts: ~; bare chest; barefoot
tiefling, succubus, half demon, incubus | body | human | !red,lavender | curled horns; lizard tail | hair=black eyes=yellow | maroon,black; shirt: ~; pants: black; boots: black; belt: leather; cape: ~; long hair
angel, seraph, archangel, guardian angel, cherub, heavenly | body | human | | feathered wings: white | f hair=gold,blonde eyes=blue | white; robe: ~+yellow; barefoot; womens hair
fallen angel, dark angel | body | human | ivory_r | feathered wings: black | hair=black eyes=red | black; robe: ~; barefoot; long hair; longsword
fairy, pixie, sprite fairy, faerie, fae | body | human | peach_r | fairy wings: light blue; pointed ears | f hair=pink,blonde,green | green,pink,light blue; short dress: ~; barefoot; womens hair; wand
dryad, nymph, forest spirit, wood nymph | body | human | pale_green | pointed ears | f hair=green | forest,green; short dress: ~; barefoot; long hair
robot, android, automaton, mech, droid, bot, clockwork | body | human | steel | | | silver,steel; plate armor: ~; robot helmet: ~; glowsword
golem, stone golem, rock golem, rock monster, gargoyle, living statue, statue | body | frankenstein | !stone | | | stone; kilt: gray; bare chest; barefoot; bald
iron golem, steel golem, metal golem | body | human | steel | | | iron; plate armor: ~; robot helmet: ~
ghost, spirit, poltergeist, banshee, apparition | body | human | !ghost | | hair=white eyes=blue | white,ice; robe: ~; tattered cape: ~; hood: ~; barefoot
frankenstein, frankenstein monster, frankensteins monster, flesh golem, frankenstein's monster | body | frankenstein | pale_green | | hair=black | charcoal,black; shirt: gray; jacket: ~; pants: black; boots: black
alien, martian, extraterrestrial, grey alien, gray alien, space alien, ufo alien | body | alien | !bright_green | | | silver,purple; jumpsuit: ~
ratman, rat man, skaven, rat, mouse man, mouse, rat person, wererat | body | rat | !fur_brown,fur_grey | | | brown,gray; tunic: ~; shorts: walnut; cape: brown; dagger
boarman, pigman, pig man, boar man, boar, swine man, pig, orc pig | body | boarman | !fur_tan,peach_r | | | leather,brown; leather armor: ~; shorts: walnut; belt: leather; mace
minotaur, bull man, taur | body | wartotaur | !fur_brown | horns: white | | leather,walnut; kilt: ~; bare chest; barefoot; bracers: bronze; axe
leprechaun | body | human | peach_r | | m hair=orange | green; suit: ~; beard; hat: ~; shoes: black
beast man, beastman, wartotaur, lion man, wolf man, werewolf, wolfman, bugbear, lycan | body | wartotaur | !fur_brown,fur_grey | wolf tail | hair=brown,gray | walnut,brown; shorts: ~; bare chest; barefoot; fangs
catgirl, cat girl, cat person, catfolk, khajiit, neko, catman, cat boy, tabaxi, cat | body | human | | cat ears; cat tail | hair=brown,black,orange | red,blue,pink; shirt: ~; shorts: navy; boots: brown; any hair
fox girl, foxgirl, kitsune, fox person, wolf girl, wolfgirl, wolf boy, fox, dog girl, dog boy, wolf person | body | human | | wolf ears; fox tail | hair=orange,gray | red,orange,white; shirt: ~; pants: brown; boots: brown; long hair
merman, mermaid, fish man, fishman, sea elf, triton, merfolk, water spirit, deep one | body | human | !blue | fins; dragon ears | hair=teal,blue | teal,blue; kilt: ~; bracers: gold; bare chest; barefoot; spear
djinn, genie, jinn | body | human | !blue | | m hair=black | red,purple; pantaloons: ~; bare chest; sash: yellow; bracers: gold; topknot; short beard
`;
