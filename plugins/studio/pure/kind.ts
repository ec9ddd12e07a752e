import type { KindInfo } from "../../../shared/answers.ts";

/** The parts of a JSON schema (2020-12) that forms are made of. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: readonly (string | number)[];
  const?: string | number | boolean;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
  contentEncoding?: string;
}

/** A kind of asset as the service describes it: its form is made of the schema of its request. */
export type Kind = Pick<KindInfo, "id" | "title" | "path" | "request">;

/** The fields of a kind's request by name. */
export function propertiesOf({ request }: Pick<Kind, "request">): Readonly<Record<string, Schema>> {
  return (request as Schema).properties ?? {};
}

/** Whether a kind's request has a field. */
export function has(kind: Pick<Kind, "request">, field: string): boolean {
  return Object.hasOwn(propertiesOf(kind), field);
}

/** Whether a kind's request is nothing without a field. */
export function needs({ request }: Pick<Kind, "request">, field: string): boolean {
  return (request as Schema).required?.includes(field) ?? false;
}

/** Finds a kind by its id; an unknown one is the first. The list is not empty. */
export function kindOf(kinds: readonly Kind[], id: string): Kind {
  const found = kinds.find((kind) => kind.id === id) ?? kinds[0];
  if (!found) throw new Error("The service makes no kind of asset.");
  return found;
}

/** The engines that can be delivered to, as the request of any kind lists them. */
export function enginesOf(kinds: readonly Kind[]): readonly string[] {
  const outputs = kinds.map((kind) => propertiesOf(kind).output?.properties?.engine?.items?.enum ?? []);
  return [...new Set(outputs.flat().map(String))];
}
