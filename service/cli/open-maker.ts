import { isLoopbackUrl } from "../../shared/server-models.ts";
import type { KilnMaker } from "../project/kiln-maker.ts";
import type { CliContext } from "./command.ts";
import { findService } from "./find-service.ts";
import type { OpenedProject } from "./open-project.ts";

/** The service a command uses, and whether it may get the token from the environment. */
export interface ChosenService {
  url: string;
  isTrusted: boolean;
}

/**
 * Chooses the service that draws: from the flag or the environment, else the one that is running for the project, else
 * from its configuration, else none. A configuration comes from a repository, so an address in it gets the token only
 * if it is on this machine.
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
  return service === undefined ? null : { url: service, isTrusted: isLoopbackUrl(service) };
}

/** Opens what draws: a service, or this program's workers. Throws model-unavailable if no service answers. */
export async function openMaker(
  service: ChosenService | null,
  context: CliContext,
  projectDir: string,
): Promise<KilnMaker> {
  if (service === null) return (await import("./make-locally.ts")).createLocalMaker(context, projectDir);
  const env = service.isTrusted ? context.env : { ...context.env, PIXELKILN_TOKEN: undefined };
  return (await import("./make-remotely.ts")).createRemoteMaker(service.url, env);
}
