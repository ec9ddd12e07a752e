import type { EffectName } from "./effect-table.ts";
import type { RampName } from "./ramps.ts";

/** What each effect is called, in the singular; an effect is also called by its own name. Longer names come first. */
export const EFFECT_NAMES: Readonly<Record<EffectName, string>> = {
  explosion:
    "explosion, explode, exploding, blast, boom, kaboom, detonation, bomb blast, bomb explosion, eruption, nova",
  smoke:
    "smoke, smoke puff, puff, puff of smoke, smoke cloud, cloud of smoke, smoke bomb, poof, steam, vapor, vapour, fog, mist",
  dust: "dust, dust cloud, dust puff, landing dust, jump dust, run dust, running dust, landing, dirt puff, sand puff",
  flame:
    "flame, fire, burning fire, blaze, inferno, torch fire, burn, campfire, bonfire, will o wisp, wisp, fire loop",
  muzzle_flash:
    "muzzle flash, muzzle, gun flash, gunshot, gun shot, gunfire, shot flash, muzzle fire, muzzle blast",
  hit_spark:
    "hit spark, hit effect, hit, impact, impact spark, spark, strike, punch, hit flash, impact flash, clash, clang, parry, critical hit, crit",
  hit_stars: "hit star, star burst, starburst, bonk, knockout star, ko star, impact star, cartoon hit, pow",
  stun: "stun, stunned, dizzy, dizzy star, stun star, stars around head, confusion, confused, daze",
  shockwave:
    "shockwave, shock wave, ring blast, blast wave, pulse, sonic boom, energy ring, expanding ring, ground slam, ripple",
  slash:
    "slash, slash arc, sword slash, sword swing, sword trail, weapon trail, swing, swipe, cut, blade arc, melee arc, claw slash, slice, crescent slash",
  energy_ball:
    "energy ball, energy orb, energy sphere, projectile, magic missile, magic projectile, magic bolt, plasma ball, plasma bolt, plasma, fireball, fire ball, ice ball, iceball, frostbolt, ice bolt, fire bolt, firebolt, shadow bolt, dark orb, comet, meteor, spell projectile, ki blast, hadouken, orb, bullet trail, arcane bolt, water ball, poison bolt, holy bolt",
  laser:
    "laser, laser beam, laser ray, beam, energy beam, death ray, ray, light beam, beam of light, plasma beam",
  lightning:
    "lightning, lightning bolt, lightning strike, bolt, thunder, thunderbolt, thunder bolt, thunder strike, lightning spell",
  electricity:
    "electricity, electric spark, electric shock, electric arc, electric, static, shock, electrocution, zap, arcs, electric aura, lightning aura, short circuit, tesla arc",
  ice_shards:
    "ice shard, ice spike, ice crystal, ice burst, freeze, frost nova, frost, icicle, crystal spike, crystal shard, rock spike, stone spike, earth spike, frozen, ice, ice spell",
  splash:
    "splash, water splash, water drop, water spray, droplet, water burst, water, acid splash, lava splash, blood splash",
  poison_cloud:
    "poison cloud, poison gas, toxic cloud, toxic gas, gas cloud, gas, poison, toxic fume, fume, miasma, stink cloud, acid cloud, death cloud",
  tornado: "tornado, whirlwind, twister, cyclone, wind vortex, sandstorm, dust devil, wind, gust, hurricane",
  magic_circle:
    "magic circle, rune circle, summoning circle, spell circle, magic seal, magic rune, rune, pentagram, ritual circle, sigil, summon, glyph, magic",
  portal: "portal, gate, vortex, wormhole, warp gate, dimension gate, black hole, magic gate, rift, swirl",
  teleport: "teleport, teleportation, warp, blink, beam up, spawn, respawn, vanish, disappear, appear",
  shield:
    "shield, force field, forcefield, barrier, energy shield, magic shield, bubble shield, shield bubble, protection, energy barrier, dome, energy dome, ward",
  heal: "heal, healing, healing spell, cure, regeneration, regen, restore, recovery, health up, heal spell, healing cross",
  buff: "buff, power up, powerup, stat up, strength up, attack up, speed up, boost, upgrade, arrow up, enhance",
  debuff: "debuff, power down, stat down, curse, weaken, slow down, slow, attack down, arrow down, weakness",
  level_up:
    "level up, levelup, level up beam, light pillar, pillar of light, holy beam, holy light, divine light, ascension, resurrection, revive, smite, column of light, levelup beam, blessing",
  sparkle: "sparkle, twinkle, glint, glitter, shine, shimmer, twinkling star, star twinkle, gleam, star",
  motes:
    "mote, firefly, ember, magic dust, fairy dust, pixie dust, magic particle, floating light, particle, glowing dust, spore, pollen, aura",
  hearts: "heart, love, floating heart, love heart, charm, kiss",
  bubbles: "bubble, soap bubble, water bubble, air bubble, rising bubble, underwater bubble, foam",
  confetti: "confetti, party popper, celebration, victory, streamer",
  firework: "firework, fireworks, rocket burst",
  rain: "rain, raindrop, rainfall, rainstorm, downpour, drizzle, rain drop",
  snow: "snow, snowfall, snowflake, blizzard, snowstorm, falling snow, snow storm",
  leaves:
    "leaf, leaves, falling leaf, falling leaves, autumn leaf, autumn leaves, cherry blossom, petal, falling petal, sakura, blossom",
};

/** Names that say a color too. */
export const NAME_RAMPS: Readonly<Record<string, RampName>> = {
  fireball: "fire",
  "fire ball": "fire",
  "fire bolt": "fire",
  firebolt: "fire",
  comet: "fire",
  meteor: "fire",
  iceball: "ice",
  "ice ball": "ice",
  "ice bolt": "ice",
  frostbolt: "ice",
  "shadow bolt": "dark",
  "dark orb": "dark",
  "arcane bolt": "arcane",
  "magic missile": "arcane",
  "magic bolt": "arcane",
  "magic projectile": "arcane",
  "water ball": "water",
  "poison bolt": "poison",
  "holy bolt": "holy",
  "rock spike": "earth",
  "stone spike": "earth",
  "earth spike": "earth",
  "acid splash": "poison",
  "lava splash": "fire",
  "blood splash": "blood",
  "black hole": "dark",
  "will o wisp": "electric",
  wisp: "electric",
  sandstorm: "dust",
  "dust devil": "dust",
  steam: "steel",
  vapor: "steel",
  vapour: "steel",
  fog: "steel",
  mist: "steel",
  ember: "fire",
  firefly: "poison",
  spore: "nature",
  pollen: "gold",
  aura: "electric",
  "cherry blossom": "love",
  petal: "love",
  "falling petal": "love",
  sakura: "love",
  blossom: "love",
  "light beam": "holy",
  "beam of light": "holy",
  "healing cross": "heal",
};

/** What an effect is made of. */
export const ELEMENT_RAMPS: Readonly<Record<string, RampName>> = {
  fire: "fire",
  fiery: "fire",
  flaming: "fire",
  burning: "fire",
  lava: "fire",
  magma: "fire",
  hellfire: "fire",
  ice: "ice",
  icy: "ice",
  frost: "ice",
  frosty: "ice",
  frozen: "ice",
  cold: "ice",
  snow: "ice",
  snowy: "ice",
  crystal: "ice",
  water: "water",
  aqua: "water",
  ocean: "water",
  poison: "poison",
  poisonous: "poison",
  toxic: "poison",
  acid: "poison",
  venom: "poison",
  slime: "poison",
  radioactive: "poison",
  lightning: "lightning",
  thunder: "lightning",
  electric: "electric",
  electrical: "electric",
  plasma: "electric",
  energy: "electric",
  holy: "holy",
  divine: "holy",
  sacred: "holy",
  angelic: "holy",
  light: "holy",
  sun: "holy",
  dark: "dark",
  darkness: "dark",
  shadow: "dark",
  void: "dark",
  evil: "dark",
  demonic: "dark",
  unholy: "dark",
  necrotic: "dark",
  arcane: "arcane",
  magical: "arcane",
  mystic: "arcane",
  fairy: "arcane",
  nature: "nature",
  natural: "nature",
  healing: "heal",
  gold: "gold",
  golden: "gold",
  silver: "steel",
  steel: "steel",
  metal: "steel",
  earth: "earth",
  rock: "earth",
  stone: "earth",
  dirt: "earth",
  sand: "dust",
  dusty: "dust",
  smoky: "smoke",
  love: "love",
  blood: "blood",
  bloody: "blood",
  autumn: "autumn",
};

/** Names that also name a thing: whoever asks for a shield or a heart elsewhere means that. */
export const ALSO_THINGS: ReadonlySet<string> = new Set(
  "shield, heart, leaf, star, bubble, gate, orb, rune, barrier, dome, comet, meteor, campfire, bonfire, petal, blossom, icicle, ice crystal, crystal shard, water, ice, wind, magic, spawn, slow, charm, kiss, love, particle, glyph, sigil, ward, cut, swing, firefly, spore, foam, victory, wisp, burn, hit, bolt, ray, puff, mist, fog, gas, frost, snowflake, firework, muzzle, spark, droplet, punch, strike, cure, landing, pulse, boost".split(
    ", ",
  ),
);

/** Where an effect points, as prompts say it. */
export const DIRECTION_WORDS: Readonly<Record<string, string>> = {
  right: "east",
  rightward: "east",
  east: "east",
  left: "west",
  leftward: "west",
  west: "west",
  up: "north",
  upward: "north",
  north: "north",
  down: "south",
  downward: "south",
  south: "south",
};

/** Words that say nothing more once an effect is known. */
export const PLAIN_WORDS: ReadonlySet<string> = new Set(
  "effect, fx, vfx, animation, animated, loop, looping, looped, spell, attack, skill, ability, particle, game, pixel, art, sprite, sheet, style, frame, facing, pointing, toward, towards, the, a, an, of, and, with, in, on, at, for, from, to, into, around, by, one, some, very, burst, cloud, ring, beam, trail, sword, blade, katana, dagger, claw, axe, weapon, gun, pistol, rifle, cannon, magic, magical, seamless, transparent, background, strike, shot, hit, ball, falling, rising, floating, glowing".split(
    ", ",
  ),
);
