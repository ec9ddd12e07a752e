/** A palette with a name: `colors` are hex in lower case, in the order of its author. */
export interface NamedPalette {
  name: string;
  title: string;
  /** Who made it, or which machine it comes from. */
  source: string;
  colors: readonly string[];
}

/** Splits a row of hex digits into colors, so that the table below stays readable. */
const hex = (row: string): string[] => row.split(" ").map((digits) => `#${digits}`);

/** Every palette that a request may name, as `GET /v1/palettes` lists them. */
export const PALETTES: readonly NamedPalette[] = [
  {
    name: "pico-8",
    title: "PICO-8",
    source: "Lexaloffle Games, fantasy console, 2015",
    colors: hex(
      "000000 1d2b53 7e2553 008751 ab5236 5f574f c2c3c7 fff1e8 ff004d ffa300 ffec27 00e436 29adff 83769c ff77a8 ffccaa",
    ),
  },
  {
    name: "sweetie-16",
    title: "Sweetie 16",
    source: "GrafxKid, lospec.com/palette-list/sweetie-16",
    colors: hex(
      "1a1c2c 5d275d b13e53 ef7d57 ffcd75 a7f070 38b764 257179 29366f 3b5dc9 41a6f6 73eff7 f4f4f4 94b0c2 566c86 333c57",
    ),
  },
  {
    name: "endesga-16",
    title: "Endesga 16",
    source: "Endesga, lospec.com/palette-list/endesga-16",
    colors: hex(
      "e4a672 b86f50 743f39 3f2832 9e2835 e53b44 fb922b ffe762 63c64d 327345 193d3f 4f6781 afbfd2 ffffff 2ce8f4 0484d1",
    ),
  },
  {
    name: "endesga-32",
    title: "Endesga 32",
    source: "Endesga, lospec.com/palette-list/endesga-32",
    colors: [
      ...hex("be4a2f d77643 ead4aa e4a672 b86f50 733e39 3e2731 a22633 e43b44 f77622 feae34 fee761"),
      ...hex("63c74d 3e8948 265c42 193c3e 124e89 0099db 2ce8f5 ffffff c0cbdc 8b9bb4 5a6988 3a4466"),
      ...hex("262b44 181425 ff0044 68386c b55088 f6757a e8b796 c28569"),
    ],
  },
  {
    name: "endesga-64",
    title: "Endesga 64",
    source: "Endesga, lospec.com/palette-list/endesga-64",
    colors: [
      ...hex("ff0040 131313 1b1b1b 272727 3d3d3d 5d5d5d 858585 b4b4b4 ffffff c7cfdd 92a1b9 657392"),
      ...hex("424c6e 2a2f4e 1a1932 0e071b 1c121c 391f21 5d2c28 8a4836 bf6f4a e69c69 f6ca9f f9e6cf"),
      ...hex("edab50 e07438 c64524 8e251d ff5000 ed7614 ffa214 ffc825 ffeb57 d3fc7e 99e65f 5ac54f"),
      ...hex("33984b 1e6f50 134c4c 0c2e44 00396d 0069aa 0098dc 00cdf9 0cf1ff 94fdff fdd2ed f389f5"),
      ...hex("db3ffd 7a09fa 3003d9 0c0293 03193f 3b1443 622461 93388f ca52c9 c85086 f68187 f5555d"),
      ...hex("ea323c c42430 891e2b 571c27"),
    ],
  },
  {
    name: "apollo",
    title: "Apollo",
    source: "Adam C. Younis, lospec.com/palette-list/apollo",
    colors: [
      ...hex("172038 253a5e 3c5e8b 4f8fba 73bed3 a4dddb 19332d 25562e 468232 75a743 a8ca58 d0da91"),
      ...hex("4d2b32 7a4841 ad7757 c09473 d7b594 e7d5b3 341c27 602c2c 884b2b be772b de9e41 e8c170"),
      ...hex("241527 411d31 752438 a53030 cf573c da863e 1e1d39 402751 7a367b a23e8c c65197 df84a5"),
      ...hex("090a14 10141f 151d28 202e37 394a50 577277 819796 a8b5b2 c7cfcc ebede9"),
    ],
  },
  {
    name: "resurrect-64",
    title: "Resurrect 64",
    source: "Kerrie Lake, lospec.com/palette-list/resurrect-64",
    colors: [
      ...hex("2e222f 3e3546 625565 966c6c ab947a 694f62 7f708a 9babb2 c7dcd0 ffffff 6e2727 b33831"),
      ...hex("ea4f36 f57d4a ae2334 e83b3b fb6b1d f79617 f9c22b 7a3045 9e4539 cd683d e6904e fbb954"),
      ...hex("4c3e24 676633 a2a947 d5e04b fbff86 165a4c 239063 1ebc73 91db69 cddf6c 313638 374e4a"),
      ...hex("547e64 92a984 b2ba90 0b5e65 0b8a8f 0eaf9b 30e1b9 8ff8e2 323353 484a77 4d65b4 4d9be6"),
      ...hex("8fd3ff 45293f 6b3e75 905ea9 a884f3 eaaded 753c54 a24b6f cf657f ed8099 831c5d c32454"),
      ...hex("f04f78 f68181 fca790 fdcbb0"),
    ],
  },
  {
    name: "aap-64",
    title: "AAP-64",
    source: "Adigun A. Polack, lospec.com/palette-list/aap-64",
    colors: [
      ...hex("060608 141013 3b1725 73172d b4202a df3e23 fa6a0a f9a31b ffd541 fffc40 d6f264 9cdb43"),
      ...hex("59c135 14a02e 1a7a3e 24523b 122020 143464 285cc4 249fde 20d6c7 a6fcdb ffffff fef3c0"),
      ...hex("fad6b8 f5a097 e86a73 bc4a9b 793a80 403353 242234 221c1a 322b28 71413b bb7547 dba463"),
      ...hex("f4d29c dae0ea b3b9d1 8b93af 6d758d 4a5462 333941 422433 5b3138 8e5252 ba756a e9b5a3"),
      ...hex("e3e6ff b9bffb 849be4 588dbe 477d85 23674e 328464 5daf8d 92dcba cdf7e2 e4d2aa c7b08b"),
      ...hex("a08662 796755 5a4e44 423934"),
    ],
  },
  {
    name: "aap-16",
    title: "AAP-16",
    source: "Adigun A. Polack, lospec.com/palette-list/aap-16",
    colors: hex(
      "070708 332222 774433 cc8855 993311 dd7711 ffdd55 ffff33 55aa44 115522 44eebb 3388dd 5544aa 555577 aabbbb ffffff",
    ),
  },
  {
    name: "dawnbringer-16",
    title: "DawnBringer 16",
    source: "DawnBringer, Pixel Joint",
    colors: hex(
      "140c1c 442434 30346d 4e4a4e 854c30 346524 d04648 757161 597dce d27d2c 8595a1 6daa2c d2aa99 6dc2ca dad45e deeed6",
    ),
  },
  {
    name: "dawnbringer-32",
    title: "DawnBringer 32",
    source: "DawnBringer, Pixel Joint",
    colors: [
      ...hex("000000 222034 45283c 663931 8f563b df7126 d9a066 eec39a fbf236 99e550 6abe30 37946e"),
      ...hex("4b692f 524b24 323c39 3f3f74 306082 5b6ee1 639bff 5fcde4 cbdbfc ffffff 9badb7 847e87"),
      ...hex("696a6a 595652 76428a ac3232 d95763 d77bba 8f974a 8a6f30"),
    ],
  },
  {
    name: "arne-16",
    title: "Arne 16",
    source: "Arne Niklas Jansson, lospec.com/palette-list/arne-16",
    colors: hex(
      "000000 493c2b be2633 e06f8b 9d9d9d a46422 eb8931 f7e26b ffffff 1b2632 2f484e 44891a a3ce27 005784 31a2f2 b2dcef",
    ),
  },
  {
    name: "slso8",
    title: "SLSO8",
    source: "lospec.com/palette-list/slso8",
    colors: hex("0d2b45 203c56 544e68 8d697a d08159 ffaa5e ffd4a3 ffecd6"),
  },
  {
    name: "ammo-8",
    title: "Ammo-8",
    source: "rsvp asap, lospec.com/palette-list/ammo-8",
    colors: hex("040c06 112318 1e3a29 305d42 4d8061 89a257 bedc7f eeffcc"),
  },
  {
    name: "nyx8",
    title: "NYX8",
    source: "Javier Guerrero, lospec.com/palette-list/nyx8",
    colors: hex("08141e 0f2a3f 20394f f6d6bd c3a38a 997577 816271 4e495f"),
  },
  {
    name: "oil-6",
    title: "Oil 6",
    source: "GrafxKid, lospec.com/palette-list/oil-6",
    colors: hex("fbf5ef f2d3ab c69fa5 8b6d9c 494d7e 272744"),
  },
  {
    name: "twilight-5",
    title: "Twilight 5",
    source: "lospec.com/palette-list/twilight-5",
    colors: hex("fbbbad ee8695 4a7a96 333f58 292831"),
  },
  {
    name: "kirokaze-gameboy",
    title: "Kirokaze Gameboy",
    source: "Kirokaze, lospec.com/palette-list/kirokaze-gameboy",
    colors: hex("332c50 46878f 94e344 e2f3e4"),
  },
  {
    name: "ice-cream-gb",
    title: "Ice Cream GB",
    source: "Kerrie Lake, lospec.com/palette-list/ice-cream-gb",
    colors: hex("7c3f58 eb6b6f f9a875 fff6d3"),
  },
  {
    name: "2bit-demichrome",
    title: "2-bit Demichrome",
    source: "Space Sandwich, lospec.com/palette-list/2bit-demichrome",
    colors: hex("211e20 555568 a0a08b e9efec"),
  },
  {
    name: "game-boy",
    title: "Game Boy",
    source: "Nintendo Game Boy (DMG-01), 1989, as usually given",
    colors: hex("0f380f 306230 8bac0f 9bbc0f"),
  },
  {
    name: "game-boy-pocket",
    title: "Game Boy Pocket",
    source: "Nintendo Game Boy Pocket, 1996, as usually given",
    colors: hex("1f1f1f 4d533c 8b956d c4cfa1"),
  },
  {
    name: "game-boy-bgb",
    title: "Game Boy (BGB)",
    source: "The default colors of the BGB emulator",
    colors: hex("081820 346856 88c070 e0f8d0"),
  },
  {
    name: "nes",
    title: "NES",
    source:
      "Nintendo Entertainment System, the 55 colors of lospec.com/palette-list/nintendo-entertainment-system",
    colors: [
      ...hex("000000 fcfcfc f8f8f8 bcbcbc 7c7c7c a4e4fc 3cbcfc 0078f8 0000fc b8b8f8 6888fc 0058f8"),
      ...hex("0000bc d8b8f8 9878f8 6844fc 4428bc f8b8f8 f878f8 d800cc 940084 f8a4c0 f85898 e40058"),
      ...hex("a80020 f0d0b0 f87858 f83800 a81000 fce0a8 fca044 e45c10 881400 f8d878 f8b800 ac7c00"),
      ...hex("503000 d8f878 b8f818 00b800 007800 b8f8b8 58d854 00a800 006800 b8f8d8 58f898 00a844"),
      ...hex("005800 00fcfc 00e8d8 008888 004058 f8d8f8 787878"),
    ],
  },
  {
    name: "cga",
    title: "CGA",
    source: "IBM Color Graphics Adapter, 1981, all 16 colors",
    colors: hex(
      "000000 0000aa 00aa00 00aaaa aa0000 aa00aa aa5500 aaaaaa 555555 5555ff 55ff55 55ffff ff5555 ff55ff ffff55 ffffff",
    ),
  },
  {
    name: "cga-4",
    title: "CGA palette 1, high intensity",
    source: "IBM Color Graphics Adapter, 1981, mode 4",
    colors: hex("000000 55ffff ff55ff ffffff"),
  },
  {
    name: "ega",
    title: "EGA",
    source: "IBM Enhanced Graphics Adapter, 1984, its 16 default colors",
    colors: hex(
      "000000 0000aa 00aa00 00aaaa aa0000 aa00aa aa5500 aaaaaa 555555 5555ff 55ff55 55ffff ff5555 ff55ff ffff55 ffffff",
    ),
  },
  {
    name: "ega-64",
    title: "EGA 64",
    source: "IBM Enhanced Graphics Adapter, 1984, all 64 colors: two bits per channel",
    colors: [
      ...hex("000000 0000aa 00aa00 00aaaa aa0000 aa00aa aaaa00 aaaaaa 000055 0000ff 00aa55 00aaff"),
      ...hex("aa0055 aa00ff aaaa55 aaaaff 005500 0055aa 00ff00 00ffaa aa5500 aa55aa aaff00 aaffaa"),
      ...hex("005555 0055ff 00ff55 00ffff aa5555 aa55ff aaff55 aaffff 550000 5500aa 55aa00 55aaaa"),
      ...hex("ff0000 ff00aa ffaa00 ffaaaa 550055 5500ff 55aa55 55aaff ff0055 ff00ff ffaa55 ffaaff"),
      ...hex("555500 5555aa 55ff00 55ffaa ff5500 ff55aa ffff00 ffffaa 555555 5555ff 55ff55 55ffff"),
      ...hex("ff5555 ff55ff ffff55 ffffff"),
    ],
  },
  {
    name: "c64",
    title: "Commodore 64",
    source: 'Commodore 64, 1982; Colodore by Philip "Pepto" Timmermann, 2017',
    colors: hex(
      "000000 ffffff 813338 75cec8 8e3c97 56ac4d 2e2c9b edf171 8e5029 553800 c46c71 4a4a4a 7b7b7b a9ff9f 706deb b2b2b2",
    ),
  },
  {
    name: "c64-pepto",
    title: "Commodore 64 (Pepto)",
    source: 'Commodore 64, 1982; Philip "Pepto" Timmermann, 2001',
    colors: hex(
      "000000 ffffff 68372b 70a4b2 6f3d86 588d43 352879 b8c76f 6f4f25 433900 9a6759 444444 6c6c6c 9ad284 6c5eb5 959595",
    ),
  },
  {
    name: "zx-spectrum",
    title: "ZX Spectrum",
    source: "Sinclair ZX Spectrum, 1982, with the non-bright colors at 85%",
    colors: hex(
      "000000 0000d8 d80000 d800d8 00d800 00d8d8 d8d800 d8d8d8 0000ff ff0000 ff00ff 00ff00 00ffff ffff00 ffffff",
    ),
  },
  {
    name: "1-bit",
    title: "1-bit",
    source: "Black and white",
    colors: hex("000000 ffffff"),
  },
  {
    name: "2-bit-gray",
    title: "2-bit gray",
    source: "Four grays, lospec.com/palette-list/2-bit-grayscale",
    colors: hex("000000 676767 b6b6b6 ffffff"),
  },
  {
    name: "3-bit-rgb",
    title: "3-bit RGB",
    source: "One bit per channel",
    colors: hex("000000 ff0000 00ff00 0000ff 00ffff ff00ff ffff00 ffffff"),
  },
];

/** Other names that people use, in the form of `key`. */
const ALIASES: Readonly<Record<string, string>> = {
  gb: "game-boy",
  dmg: "game-boy",
  dmg01: "game-boy",
  gbp: "game-boy-pocket",
  edg16: "endesga-16",
  edg32: "endesga-32",
  edg64: "endesga-64",
  db16: "dawnbringer-16",
  db32: "dawnbringer-32",
  commodore64: "c64",
  colodore: "c64",
  spectrum: "zx-spectrum",
  blackandwhite: "1-bit",
  famicom: "nes",
};

/** Letters and digits only: "Game Boy", "game_boy" and "gameboy" are one name. */
const key = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Finds a palette by its name, whatever its case, spaces, hyphens and underscores; undefined if there is none. */
export function findPalette(name: string): NamedPalette | undefined {
  const wanted = key(name);
  const alias = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : undefined;
  return PALETTES.find((palette) => palette.name === alias || key(palette.name) === wanted);
}
