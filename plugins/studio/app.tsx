import { useState } from "preact/hooks";
import { fileUrl } from "./api/assets.ts";
import { download } from "./api/client.ts";
import { type Catalog, useCatalog } from "./hooks/use-catalog.ts";
import { viewsOf } from "./hooks/use-gallery.ts";
import { isOpen } from "./hooks/use-jobs.ts";
import { type KeyActions, useKeys } from "./hooks/use-keys.ts";
import { type Studio, useStudio } from "./hooks/use-studio.ts";
import { useTheme } from "./hooks/use-theme.ts";
import type { Kind } from "./pure/kind.ts";
import { Details } from "./views/details.tsx";
import { Header } from "./views/header.tsx";
import { History } from "./views/history.tsx";
import { JobList, shareOf, stageInWords, stepsInWords } from "./views/job-list.tsx";
import { KeysDialog } from "./views/keys-dialog.tsx";
import { RequestForm } from "./views/request-form.tsx";
import { type Side, SidePanel } from "./views/side-panel.tsx";
import { Stage } from "./views/stage.tsx";

/** The whole page, as soon as the service has said what it makes. `fragment` is what the address said about the form. */
export function App({ fragment }: { fragment: string }) {
  const [attempt, setAttempt] = useState(0);
  const catalog = useCatalog(attempt);
  if (catalog.kinds.length > 0) return <Page catalog={catalog} fragment={fragment} />;
  if (catalog.error === null) return null;
  return (
    <div class="welcome">
      <p class="error" role="alert">
        {catalog.error}
      </p>
      <button type="button" onClick={() => setAttempt(attempt + 1)}>
        Try again
      </button>
    </div>
  );
}

function Page({ catalog, fragment }: { catalog: Catalog; fragment: string }) {
  const { kinds } = catalog;
  const studio = useStudio(fragment, kinds);
  const { theme, nextTheme } = useTheme();
  const [side, setSide] = useState<Side>("details");
  const [showsKeys, setShowsKeys] = useState(false);
  const { form, gallery, jobs, awaited } = studio;
  const { asset, selected } = gallery;
  const share = awaited && shareOf(awaited);
  useKeys({
    ...studioKeys(studio, kinds),
    a: () => {
      setSide("details");
      // The panel is there after the next frame.
      requestAnimationFrame(() => document.getElementById("accept-name")?.focus());
    },
    "?": () => setShowsKeys(true),
  });
  const isPinned =
    asset !== null && gallery.pins.some(({ key }) => key === `${asset.manifest.id}/${selected}`);
  return (
    <div class="studio">
      <Header
        kind={form.state.kind}
        catalog={catalog}
        live={jobs.live}
        theme={theme}
        onKind={(kind) => form.change({ kind })}
        onTheme={nextTheme}
        onKeys={() => setShowsKeys(true)}
      />
      <main>
        <RequestForm
          catalog={catalog}
          form={form}
          picture={studio.picture}
          mask={studio.mask}
          problem={studio.problem}
          onPicture={studio.setPicture}
          onMask={studio.setMask}
          onSubmit={studio.generate}
        />
        <Stage
          gallery={gallery}
          share={share}
          kind={form.kind}
          onExample={(values) => form.change({ values: { ...form.state.values, ...values } })}
        />
        <SidePanel side={side} open={jobs.list.filter(isOpen).length} onSide={setSide}>
          {side === "details" && (
            <Details
              kinds={kinds}
              asset={asset}
              selected={selected}
              isPinned={isPinned}
              actions={{ ...studio, pin: gallery.togglePin }}
            />
          )}
          {side === "jobs" && <JobList jobs={jobs.list} onOpen={studio.open} onCancel={studio.cancel} />}
          {side === "history" && (
            <History version={studio.version} openId={asset?.manifest.id ?? null} onOpen={studio.open} />
          )}
        </SidePanel>
      </main>
      <footer class="status">
        <span role="status" aria-live="polite">
          {awaited ? stageInWords(awaited) : studio.said}
        </span>
        {awaited && (
          <span class="number" aria-hidden="true">
            {stepsInWords(awaited)}
          </span>
        )}
      </footer>
      <KeysDialog kinds={kinds} isOpen={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}

function studioKeys(studio: Studio, kinds: readonly Kind[]): KeyActions {
  const { form, gallery, awaited } = studio;
  const { asset, selected } = gallery;
  const move = (by: number): boolean => {
    const count = asset?.images.length ?? 0;
    if (count < 2) return false;
    gallery.select((selected + by + count) % count);
    return true;
  };
  const turn = (by: number): void => {
    const views = viewsOf(asset);
    const at = views.indexOf(gallery.view);
    gallery.show(views[(at + by + views.length) % views.length] ?? "grid");
  };
  const numbers = kinds.map(({ id }, i) => [String(i + 1), () => form.change({ kind: id })]);
  return {
    ...Object.fromEntries(numbers),
    "Mod+Enter": studio.generate,
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    "[": () => turn(-1),
    "]": () => turn(1),
    c: gallery.togglePin,
    r: () => form.change({ seed: "", seedLocked: false }),
    l: () => form.change({ seedLocked: !form.state.seedLocked && form.state.seed !== "" }),
    v: studio.vary,
    n: studio.again,
    u: studio.startFrom,
    e: studio.reuse,
    d: () => {
      const file = asset?.manifest.images[selected]?.file ?? asset?.manifest.files[0]?.path;
      if (asset && file) void download(fileUrl(asset.manifest.id, file), file).catch(() => {});
    },
    p: () => document.querySelector<HTMLElement>(".request textarea, .request input")?.focus(),
    Escape: () => (awaited ? studio.cancel(awaited) : false),
  };
}
