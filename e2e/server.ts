// One Klinke per worker: its own ports, its own data, the demonstration's people in it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export type Activation = "automatic" | "manual";
export type Role = "operator" | "enterprise-admin" | "site-admin" | "user";
export type Login = { name: string; password: string };

export type Server = {
  address: string;
  logins: Record<Role, Login>;
  stop(): Promise<void>;
};

const binary = process.env.KLINKE_BIN ?? resolve(import.meta.dirname, "../target/debug/klinke");
const roles: Role[] = ["operator", "enterprise-admin", "site-admin", "user"];

/** Starts a server and waits until it has told all its logins; a named one is reached as `localhost`, as passkeys want it. */
export async function start(activation: Activation, isNamed = false): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "klinke-e2e-"));
  const sip = `127.0.0.1:${await freePort()}`;
  const port = isNamed ? await freePort() : 0;
  const options = ["--data", data, "--demo", "--http", `127.0.0.1:${port}`, "--sip", sip, "--activation", activation];
  const name = `http://localhost:${port}`;
  if (isNamed) {
    const config = join(data, "klinke.toml");
    await writeFile(config, `public_url = "${name}"\n`);
    options.push("--config", config);
  }
  const child = spawn(binary, ["serve", ...options], { env: { ...process.env, RUST_LOG: "warn" } });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    const server = await told(child);
    return { ...server, address: isNamed ? name : server.address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function told(child: ChildProcess): Promise<Omit<Server, "stop">> {
  let output = "";
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`klinke ended with ${code}:\n${output}`)));
    child.stderr?.on("data", (part) => { output += part; });
    child.stdout?.on("data", (part) => {
      output += part;
      const address = /^ready http=(\S+)/m.exec(output)?.[1];
      const logins = read(output);
      if (address && logins) done({ address, logins });
    });
  });
}

/** `demo: <role> <name> <password>`, one line for each role. */
function read(output: string): Record<Role, Login> | undefined {
  const found = roles.map((role) => {
    const line = new RegExp(`^demo: ${role} +(\\S+) +(\\S+)\n`, "m").exec(output);
    return line ? ([role, { name: line[1], password: line[2] }] as const) : undefined;
  });
  return found.every((login) => login !== undefined)
    ? (Object.fromEntries(found) as Record<Role, Login>)
    : undefined;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
