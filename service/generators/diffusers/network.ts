import { Tensor } from "onnxruntime-node";
import { openSession, type SessionChoice } from "../open-session.ts";
import { fromHalf, toHalf } from "./float16.ts";

/** Numbers for an input: the network's own type is found by its name. */
export interface Feed {
  values: ArrayLike<number>;
  shape: readonly number[];
}

export interface Output {
  data: Float32Array;
  shape: readonly number[];
}

/** One open network: plain arrays in and out, whatever its types are. */
export interface Network {
  /** Its inputs by name, with their shapes; a name instead of a number is a free length. */
  readonly inputs: ReadonlyMap<string, readonly (number | string)[]>;
  /** Names of its outputs, in order. */
  readonly outputs: readonly string[];
  /** Runs it. Feeds that it has no input for are left out; throws for an input without a feed. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Output>>;
  release(): Promise<void>;
}

/** Opens a network; its external data lies beside it. Rejects with the error of the runtime. */
export async function openNetwork(path: string, choice: SessionChoice): Promise<Network> {
  const session = await openSession(path, choice);
  const inputs = session.inputMetadata.flatMap((one) => (one.isTensor ? [one] : []));
  return {
    inputs: new Map(inputs.map(({ name, shape }) => [name, shape])),
    outputs: session.outputNames,
    async run(feeds) {
      const tensors: Record<string, Tensor> = {};
      for (const { name, type } of inputs) {
        const feed = feeds[name];
        if (!feed) throw new Error(`Its input ${name} is not known.`);
        tensors[name] = toTensor(type, feed);
      }
      const results = await session.run(tensors);
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [
          name,
          { data: toFloats(data), shape: dims },
        ]),
      );
    },
    release: () => session.release(),
  };
}

function toTensor(type: string, { values, shape }: Feed): Tensor {
  const floats = values instanceof Float32Array ? values : Float32Array.from(values);
  if (type === "float32") return new Tensor("float32", floats, shape);
  if (type === "float16") return new Tensor("float16", toHalf(floats), shape);
  if (type === "int32") return new Tensor("int32", Int32Array.from(values), shape);
  if (type === "int64") return new Tensor("int64", BigInt64Array.from(Array.from(values, BigInt)), shape);
  throw new Error(`Its inputs of the type ${type} cannot be fed.`);
}

/** Newer versions of Node have a Float16Array, and the runtime then uses it. */
function toFloats(data: Tensor["data"]): Float32Array {
  if (data instanceof Float32Array) return data;
  if (!ArrayBuffer.isView(data) || data.BYTES_PER_ELEMENT !== 2)
    throw new Error("Its outputs are neither float32 nor float16.");
  return fromHalf(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2));
}
