import type { Provenance } from "../../shared/asset.ts";
import type { PartCredit } from "../wardrobe/open-wardrobe.ts";

/** Names everybody who drew a part that is seen, and every license. */
export function creditOf(credits: readonly PartCredit[]): Pick<Provenance, "credit" | "parts"> {
  const authors = new Set(credits.flatMap((credit) => credit.authors));
  const licenses = new Set(credits.map(({ license }) => license));
  return {
    credit: `Parts by ${[...authors].join(", ")} (${[...licenses].join(", ")}), from the Universal LPC Spritesheet Character Generator; provenance.parts has the sources`,
    parts: credits.map(({ shareAlike: share_alike, ...rest }) => ({ ...rest, share_alike })),
  };
}

/** Warns of parts whose license goes over to what is composed of them. */
export function shareAlikeWarnings(credits: readonly PartCredit[]): string[] {
  const parts = credits.filter((credit) => credit.shareAlike);
  if (parts.length === 0) return [];
  const licenses = [...new Set(parts.map(({ license }) => license))].join(", ");
  return [`This picture must be shared under ${licenses}: ${parts.map(({ part }) => part).join(", ")}.`];
}
