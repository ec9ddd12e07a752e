const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words that say whether someone is a woman or a man, beside names of roles. */
export const FEMALE_WORDS = words(
  `female woman girl lady feminine womanly girly grandmother grandma granny mother mom wife lass queen princess she her
  hers maiden schoolgirl heroine cowgirl businesswoman policewoman huntress swordswoman bowwoman markswoman cavewoman
  shepherdess kunoichi superheroine cleopatra seamstress vampiress lizardwoman mermaid catgirl foxgirl wolfgirl`,
);
export const MALE_WORDS = words(
  `male man boy guy gentleman masculine manly grandfather grandpa father dad husband lad dude king prince he him schoolboy
  cowboy businessman policeman caveman fireman merman`,
);
export const OLD_WORDS = words(
  "old elderly aged ancient senior grandfather grandmother grandpa grandma granny",
);
export const YOUNG_WORDS = words("young youthful teenage boy girl schoolboy schoolgirl");
/** Words for somebody smaller than any body of the wardrobe. */
export const CHILD_WORDS = words("kid child toddler baby infant schoolchild youngster schoolboy schoolgirl");
/** Said of a skin: "dark skin", "pale woman", "tanned". */
export const SKIN_WORDS = words("pale fair tanned");
/** Colors that are said of a person for the hair: "blonde woman". */
export const HAIR_COLORS = words("blonde blond brunette auburn ginger raven chestnut sandy");
/** What is left away, and the zones that then stay empty. */
export const BARE_WORDS: Readonly<Record<string, readonly string[]>> = {
  bald: ["hair"],
  hairless: ["hair"],
  beardless: ["beard"],
  shaven: ["beard"],
  barefoot: ["feet"],
  barefooted: ["feet"],
  shirtless: ["torso", "armor", "vest", "jacket", "robe"],
  "bare chested": ["torso", "armor", "vest", "jacket", "robe"],
  "bare chest": ["torso", "armor", "vest", "jacket", "robe"],
  "bare leg": ["legs"],
  "bare foot": ["feet"],
  unarmed: ["weapon", "shield"],
  hatless: ["hat"],
  bareheaded: ["hat"],
};
/** Words that ask for nothing to be drawn. */
export const SILENT_WORDS = words(
  `enemy enemies boss mob player avatar and color colored colour coloured hand hands of wearing holding standing clothes
  clothing outfit garment garments attire garb all him her them humanoid`,
);
