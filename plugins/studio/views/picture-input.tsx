import { useEffect, useRef, useState } from "preact/hooks";
import { blobToBase64, decode } from "../api/assets.ts";
import { fitScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";
import { FieldError } from "./field-control.tsx";
import { Icon } from "./icon.tsx";
import { PixelCanvas } from "./pixel-canvas.tsx";

/** A picture that a request starts from. */
export interface StartPicture {
  base64: string;
  pixels: Pixels;
  name: string;
}

interface StrengthProps {
  value: string;
  initial: string;
  onChange: (value: string) => void;
}

export interface PictureInputProps {
  label: string;
  /** The field of the request. Only a start picture is taken by pasting. */
  name?: "input_image" | "mask_image";
  picture: StartPicture | null;
  error: string | undefined;
  /** Strength control, where the kind has one; `initial` is what counts while it is empty. */
  strength: StrengthProps | null;
  onChange: (picture: StartPicture | null) => void;
}

const BOX = { width: 96, height: 96 };

/** Takes a picture by choosing, dropping or pasting it. */
export function PictureInput(props: PictureInputProps) {
  const { label, name = "input_image", picture, error, strength, onChange } = props;
  const isStart = name === "input_image";
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const take = async (blob: File): Promise<void> => {
    try {
      onChange({
        base64: await blobToBase64(blob),
        pixels: await decode(blob),
        name: blob.name || "picture",
      });
      setProblem(undefined);
    } catch {
      setProblem("This file is not a picture that the browser can read.");
    }
  };
  usePastedPicture(isStart ? take : null);
  return (
    <div class={`field wide ${error || problem ? "bad" : ""}`}>
      <span class="label">{label}</span>
      <fieldset
        aria-label={`${label}: drop it here`}
        class={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const dropped = event.dataTransfer?.files[0];
          if (dropped) void take(dropped);
        }}
      >
        {picture && (
          <PixelCanvas
            pixels={picture.pixels}
            scale={shownScale(picture.pixels)}
            label={`${isStart ? "Start" : "Mask"}: ${picture.name}`}
          />
        )}
        <span class="row">
          <button type="button" class="small" onClick={() => file.current?.click()}>
            {picture ? "Another" : "Choose a picture"}
          </button>
          {picture && (
            <button type="button" class="small" onClick={() => onChange(null)}>
              <Icon name="close" size={8} /> Remove
            </button>
          )}
          <small class="help">
            {picture
              ? `${picture.pixels.width}×${picture.pixels.height}`
              : `or drop it here${isStart ? ", or paste" : ""}`}
          </small>
        </span>
        <input
          ref={file}
          type="file"
          class="hidden"
          tabIndex={-1}
          accept="image/png,image/jpeg,image/gif,image/webp"
          aria-label={label}
          onChange={({ currentTarget }) => {
            const first = currentTarget.files?.[0];
            if (first) void take(first);
            currentTarget.value = "";
          }}
        />
      </fieldset>
      {picture && strength && <Strength {...strength} />}
      <FieldError id={name} error={error ?? problem} />
    </div>
  );
}

function Strength({ value, initial, onChange }: StrengthProps) {
  const shown = value === "" ? initial : value;
  return (
    <label class="slider" for="field-strength">
      Strength
      <input
        id="field-strength"
        type="range"
        min="0"
        max="1"
        step="0.05"
        value={shown}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <output>{Number(shown).toFixed(2)}</output>
    </label>
  );
}

/** Photos are shown smaller than they are: only here, where they are not art yet. */
function shownScale(pixels: Pixels): number {
  const fit = fitScale(pixels, BOX);
  return fit > 1 ? fit : Math.min(1, BOX.width / Math.max(pixels.width, pixels.height));
}

function usePastedPicture(take: ((blob: File) => Promise<void>) | null): void {
  const current = useRef(take);
  current.current = take;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const blob = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!blob || !current.current) return;
      event.preventDefault();
      void current.current(blob);
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, []);
}
