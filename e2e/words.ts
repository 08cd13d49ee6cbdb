// What the portal says: the message files it is built from, so that a story reads the same in both languages.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Language = "de" | "en";
type Values = Record<string, string | number>;

/** Says a message of the catalogue. */
export type Words = (id: string, values?: Values) => string;

export function words(language: Language): Words {
  const folder = resolve(import.meta.dirname, "../crates/web/locales", language);
  const messages = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    const text = readFileSync(resolve(folder, file), "utf8");
    for (const [, id, said] of text.matchAll(/^([a-z][\w-]*) = (.*(?:\n(?:[ ]+.*|\}))*)/gm)) {
      messages.set(id!, said!);
    }
  }
  return (id, values = {}) => {
    const message = messages.get(id);
    if (message === undefined) throw new Error(`there is no message ${id}`);
    return filled(variant(message, values, language), values);
  };
}

/** Of `{ $count -> [one] … *[other] … }` the one that fits. */
function variant(message: string, values: Values, language: Language): string {
  const counted = /^\{ \$(\w+) ->/.exec(message)?.[1];
  if (counted === undefined) return message;
  const count = Number(values[counted]);
  const found = [...message.matchAll(/\[(\w+)\] (.*)/g)].map(([, key, text]) => [key!, text!] as const);
  const byKey = new Map(found);
  const category = new Intl.PluralRules(language).select(count);
  return byKey.get(String(count)) ?? byKey.get(category) ?? byKey.get("other") ?? message;
}

function filled(text: string, values: Values): string {
  return text.replace(/\{ \$(\w+) \}/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`${name} is missing in “${text}”`);
    return String(values[name]);
  });
}
