import { useRef, useState } from "preact/hooks";
import type { AcceptedAnswer } from "../../../shared/answers.ts";
import type { Job } from "../../../shared/job.ts";
import { toBase64 } from "../api/assets.ts";
import { ApiError, call, messageOf, postJson } from "../api/client.ts";
import { buildRequest, formOf, PATHS, type StudioRequest } from "../pure/build-request.ts";
import { shrink } from "../pure/pixels.ts";
import type { StartPicture } from "../views/picture-input.tsx";
import { type Form, useForm } from "./use-form.ts";
import { type Gallery, useGallery } from "./use-gallery.ts";
import { isOpen, type Jobs, useJobs } from "./use-jobs.ts";

/** A variation keeps most of its picture. */
const VARIATION_STRENGTH = 0.45;
const VARIATIONS = 4;

export interface Studio {
  form: Form;
  gallery: Gallery;
  jobs: Jobs;
  picture: StartPicture | null;
  setPicture: (picture: StartPicture | null) => void;
  /** The job that is waited for. */
  awaited: Job | null;
  /** What is wrong as a whole, or "". */
  problem: string;
  /** Last thing to tell a person who does not see the page. */
  said: string;
  /** Counts what was published. */
  version: number;
  say(text: string): void;
  generate(): void;
  vary(): void;
  startFrom(): void;
  again(): void;
  reuse(): void;
  usePalette(): void;
  cancel(job: Job): void;
  open(assetId: string): void;
}

/** All that the page does: the form, the jobs that it starts, and the results that it opens. */
export function useStudio(fragment: string): Studio {
  const form = useForm(fragment);
  const gallery = useGallery();
  const [picture, setPicture] = useState<StartPicture | null>(null);
  const [awaitedId, setAwaitedId] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const [version, setVersion] = useState(0);
  const latest = useRef<string | null>(null);

  const open = (assetId: string): void => {
    gallery.open(assetId).then(
      ({ manifest }) => {
        const { seedLocked } = form.state;
        if (!seedLocked && manifest.provenance.seed !== null)
          form.change({ seed: String(manifest.provenance.seed) });
      },
      (error) => setProblem(messageOf(error)),
    );
  };
  const onFinal = (job: Job): void => {
    if (job.asset_id) setVersion((count) => count + 1);
    if (job.id !== latest.current) return;
    latest.current = null;
    setAwaitedId(null);
    if (job.asset_id) {
      say("Done.");
      open(job.asset_id);
    } else if (job.status === "cancelled") say("Cancelled.");
    else {
      setProblem(job.error?.detail ?? "The job failed.");
      form.setErrors(job.error?.errors ?? []);
    }
  };
  const jobs = useJobs(onFinal);

  const submit = async ({ path, body }: StudioRequest): Promise<void> => {
    setProblem("");
    form.setErrors([]);
    try {
      const { job_id: id } = await postJson<AcceptedAnswer>(path, body);
      latest.current = id;
      setAwaitedId(id);
      say("Asked for. The result will be shown here.");
      jobs.refresh(id);
    } catch (error) {
      setProblem(messageOf(error));
      if (error instanceof ApiError) form.setErrors(error.fields);
    }
  };

  const { asset, selected } = gallery;
  const chosen = asset?.images[selected];
  const pixels = (): ReturnType<typeof shrink> | null =>
    asset && chosen ? shrink(asset.frames?.[0]?.pixels ?? chosen, asset.manifest.checks.grid_scale) : null;

  const again = async (): Promise<void> => {
    if (!asset || asset.manifest.kind === "pixelate") return;
    const { kind, request } = asset.manifest;
    await submit({ path: PATHS[kind], body: repeatable(request) });
  };
  const vary = async (): Promise<void> => {
    const start = pixels();
    if (!asset || !start || asset.manifest.kind === "pixelate" || asset.manifest.kind === "tileset") return;
    const isMany = asset.manifest.kind === "sprite" || asset.manifest.kind === "tile";
    const body = {
      ...repeatable(asset.manifest.request),
      upscale_output_factor: 1,
      input_image: await toBase64(start),
      ...(isMany ? { strength: VARIATION_STRENGTH, num_images: VARIATIONS } : {}),
    };
    await submit({ path: PATHS[asset.manifest.kind], body });
  };
  const startFrom = async (): Promise<void> => {
    const start = pixels();
    if (!asset || !start) return;
    setPicture({ base64: await toBase64(start), pixels: start, name: asset.manifest.name });
    say("The picture is the start of the next request.");
  };
  const report = (error: unknown): void => setProblem(messageOf(error));
  return {
    form,
    gallery,
    jobs,
    picture,
    setPicture,
    awaited: jobs.list.find((job) => job.id === awaitedId && isOpen(job)) ?? null,
    problem,
    said,
    version,
    say,
    open,
    generate: () => void submit(buildRequest(form.state, picture?.base64 ?? null)),
    vary: () => void vary().catch(report),
    again: () => void again().catch(report),
    startFrom: () => void startFrom().catch(report),
    reuse: () => {
      if (!asset) return;
      const { manifest } = asset;
      const seed = manifest.images[selected]?.seed ?? manifest.provenance.seed;
      const request = formOf(manifest.kind, manifest.request);
      form.change({ ...request, ...(seed === null ? {} : { seed: String(seed), seedLocked: true }) });
    },
    usePalette: () => {
      const colors = asset?.manifest.images[selected]?.colors ?? asset?.manifest.palette.colors ?? [];
      if (colors.length > 0) form.change({ palette: { kind: "own", colors: [...colors] } });
    },
    cancel: (job) => void call(`/v1/jobs/${job.id}`, { method: "DELETE" }).catch(report),
  };
}

/** A stored request that is asked for once more: another seed, nothing written into the project. */
function repeatable(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { seed: _seed, output: _output, ...rest } = request;
  return { ...rest, async: true, check_cost: false, strict: false, upload_outputs: false };
}
