import { useState } from "preact/hooks";
import { type LoadedAsset, toBase64 } from "../api/assets.ts";
import { buildRequest, formOf } from "../pure/build-request.ts";
import type { Kind } from "../pure/kind.ts";
import { type Pixels, shrink } from "../pure/pixels.ts";
import { repeatRequest, varyRequest } from "../pure/repeat-request.ts";
import type { StartPicture } from "../views/picture-input.tsx";
import { type Form, useForm } from "./use-form.ts";
import { type Gallery, useGallery } from "./use-gallery.ts";
import { type Submit, useSubmit } from "./use-submit.ts";

/** What can be done with the chosen image of the asset that is looked at; nothing while there is none. */
export interface Actions {
  /** Asks for pictures near it. */
  vary(): void;
  /** Asks for the same with another seed. */
  again(): void;
  /** Makes it the start of the next request. */
  startFrom(): void;
  /** Puts its request back into the form. */
  reuse(): void;
  usePalette(): void;
}

export interface Studio extends Submit, Actions {
  form: Form;
  gallery: Gallery;
  picture: StartPicture | null;
  setPicture: (picture: StartPicture | null) => void;
  /** Says which part of the picture is drawn anew. */
  mask: StartPicture | null;
  setMask: (mask: StartPicture | null) => void;
  generate(): void;
  open(assetId: string): void;
}

/** All that the page does: the form, the jobs that it starts, and the results that it opens. */
export function useStudio(fragment: string, kinds: readonly Kind[]): Studio {
  const form = useForm(fragment, kinds);
  const gallery = useGallery();
  const [picture, setPicture] = useState<StartPicture | null>(null);
  const [mask, setMask] = useState<StartPicture | null>(null);
  const open = (assetId: string): void => {
    gallery.open(assetId).then(({ manifest: { provenance } }) => {
      if (!form.state.seedLocked && provenance.seed !== null) form.change({ seed: String(provenance.seed) });
    }, submitting.report);
  };
  const submitting = useSubmit(form, open);
  return {
    ...submitting,
    ...imageActions({ kinds, form, gallery, submitting, setPicture }),
    form,
    gallery,
    picture,
    setPicture,
    mask,
    setMask,
    open,
    generate: () => {
      const pictures = { picture: picture?.base64 ?? null, mask: mask?.base64 ?? null };
      void submitting.submit(buildRequest(form.kind, form.state, pictures));
    },
  };
}

interface ActionParts {
  kinds: readonly Kind[];
  form: Form;
  gallery: Gallery;
  submitting: Submit;
  setPicture: (picture: StartPicture) => void;
}

function imageActions({ kinds, form, gallery, submitting, setPicture }: ActionParts): Actions {
  const { asset, selected } = gallery;
  const { submit, report, say } = submitting;
  const kind = kinds.find(({ id }) => id === asset?.manifest.kind);
  const start = asset && nativePixels(asset, selected);
  return {
    again: () => {
      const repeated = kind && asset && repeatRequest(kind, asset.manifest.request);
      if (repeated) void submit(repeated);
    },
    vary: () => {
      if (!kind || !asset || !start) return;
      toBase64(start).then((base64) => {
        const varied = varyRequest(kind, asset.manifest.request, base64);
        return varied ? submit(varied) : undefined;
      }, report);
    },
    startFrom: () => {
      if (!asset || !start) return;
      toBase64(start).then((base64) => {
        setPicture({ base64, pixels: start, name: asset.manifest.name });
        say("The picture is the start of the next request.");
      }, report);
    },
    reuse: () => {
      if (!kind || !asset) return;
      const { request, images, provenance } = asset.manifest;
      const seed = images[selected]?.seed ?? provenance.seed;
      const locked = seed === null ? {} : { seed: String(seed), seedLocked: true };
      form.change({ ...formOf(kind, request), ...locked });
    },
    usePalette: () => {
      const colors = asset?.manifest.images[selected]?.colors ?? asset?.manifest.palette.colors ?? [];
      if (colors.length > 0) form.change({ palette: { kind: "own", colors: [...colors] } });
    },
  };
}

/** The chosen image, or the first frame of an animation, without any enlargement. */
function nativePixels({ images, frames, manifest }: LoadedAsset, selected: number): Pixels | null {
  const chosen = frames?.[0]?.pixels ?? images[selected];
  return chosen ? shrink(chosen, manifest.checks.grid_scale) : null;
}
