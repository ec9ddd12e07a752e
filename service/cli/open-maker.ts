import type { KilnMaker } from "../project/kiln-maker.ts";
import type { CliContext } from "./command.ts";
import { findService, isLoopback } from "./find-service.ts";
import type { OpenedProject } from "./open-project.ts";

/** The service that a command is told to use, and whether it may get the token of the environment. */
export interface ChosenService {
  url: string;
  isTrusted: boolean;
}

/**
 * Chooses the service that draws: the one of the flag or the environment, else the one that runs for the project now,
 * else the one of its configuration, else none. A configuration comes with a repository: an address in it gets the
 * token only when it is one of this machine.
 */
export async function chooseService(
  flag: string | undefined,
  { env }: Pick<CliContext, "env">,
  project: OpenedProject,
): Promise<ChosenService | null> {
  const asked = flag ?? (env.PIXELKILN_URL || undefined);
  if (asked !== undefined) return { url: asked, isTrusted: true };
  const running = await findService(project.dir);
  if (running !== null) return { url: running, isTrusted: true };
  const { service } = project.config;
  return service === undefined ? null : { url: service, isTrusted: isLoopback(service) };
}

/** Opens who draws: a service, or a model host of this process. Throws model-unavailable for a service that is away. */
export async function openMaker(service: ChosenService | null, context: CliContext): Promise<KilnMaker> {
  if (service === null) return (await import("./make-locally.ts")).createLocalMaker(context);
  const env = service.isTrusted ? context.env : { ...context.env, PIXELKILN_TOKEN: undefined };
  return (await import("./make-remotely.ts")).createRemoteMaker(service.url, env);
}
