import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";

const MOST_MS = 10_000;
/** Vendors of graphics cards by their PCI id. */
const VENDORS: Readonly<Record<string, string>> = { "0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel" };
const NVIDIA_QUERY = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader,nounits"];
const WINDOWS_QUERY =
  "Get-CimInstance Win32_VideoController | Select-Object Name,DriverVersion | ConvertTo-Json";

/** A graphics card as the system names it. */
export interface GraphicsCard {
  name: string;
  isNvidia: boolean;
  /** Name or version of its driver; null: none is loaded. */
  driver: string | null;
  memoryMib: number | null;
}

/** Lists the graphics cards of this machine. What a system does not tell is left out. */
export async function findGraphicsCards(platform: NodeJS.Platform): Promise<GraphicsCard[]> {
  const nvidia = readNvidia(await output("nvidia-smi", NVIDIA_QUERY));
  const others = await findOthers(platform);
  // NVIDIA's own program knows more of its cards than the system does.
  return nvidia.length > 0 ? [...nvidia, ...others.filter(({ isNvidia }) => !isNvidia)] : others;
}

async function findOthers(platform: NodeJS.Platform): Promise<GraphicsCard[]> {
  if (platform === "linux") return findOnLinux("/sys/class/drm");
  if (platform === "darwin") return readMac(await output("system_profiler", ["SPDisplaysDataType", "-json"]));
  if (platform === "win32")
    return readWindows(await output("powershell", ["-NoProfile", "-Command", WINDOWS_QUERY]));
  return [];
}

/** Reads what nvidia-smi says: "NVIDIA GeForce RTX 3060, 550.54.14, 12288" a card. */
export function readNvidia(text: string): GraphicsCard[] {
  const rows = text.split("\n").map((line) => line.split(",").map((cell) => cell.trim()));
  return rows.flatMap(([name, driver, memory]) =>
    name && driver && memory ? [{ name, isNvidia: true, driver, memoryMib: Number(memory) || null }] : [],
  );
}

/** Reads what macOS says of its displays. */
export function readMac(text: string): GraphicsCard[] {
  const { SPDisplaysDataType: cards = [] } = parse<{ SPDisplaysDataType?: { sppci_model?: string }[] }>(
    text,
    {},
  );
  return cards.flatMap(({ sppci_model: name }) =>
    name ? [{ name, isNvidia: /nvidia/i.test(name), driver: "Metal", memoryMib: null }] : [],
  );
}

/** Reads what Windows says of its video controllers: one object, or a list. */
export function readWindows(text: string): GraphicsCard[] {
  type Row = { Name?: string; DriverVersion?: string };
  return [parse<Row | Row[]>(text, [])]
    .flat()
    .flatMap(({ Name: name, DriverVersion: driver }) =>
      name ? [{ name, isNvidia: /nvidia/i.test(name), driver: driver ?? null, memoryMib: null }] : [],
    );
}

/** Reads the cards of a folder such as /sys/class/drm. */
export async function findOnLinux(folder: string): Promise<GraphicsCard[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const cards: GraphicsCard[] = [];
  for (const name of names.filter((one) => /^card\d+$/.test(one)).sort()) {
    const device = join(folder, name, "device");
    const read = (file: string) =>
      readFile(join(device, file), "utf8").then(
        (text) => text.trim(),
        () => null,
      );
    const vendor = await read("vendor");
    const maker = vendor && VENDORS[vendor];
    // Screens of virtual machines are cards too, which draw nothing.
    if (!maker) continue;
    const driver = await readlink(join(device, "driver")).then(basename, () => null);
    cards.push({
      name: `${maker} graphics (${await read("device")})`,
      isNvidia: maker === "NVIDIA",
      driver,
      memoryMib: null,
    });
  }
  return cards;
}

function parse<T>(text: string, none: T): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return none;
  }
}

/** What a program prints; nothing if it is not there, fails or takes too long. */
export function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: MOST_MS, windowsHide: true }, (error, stdout) =>
      resolve(error ? "" : stdout),
    );
  });
}
