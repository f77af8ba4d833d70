// What "copy" copies: an address, a citation, the same question for curl. In Python: python.ts.

/** What is seen and where, then the snapshot in the words of `dragoman cite`. */
export function makeCitation(title: string, snapshot: string, link: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `“${title.replace(/ – Dragoman$/, "")}.” ${link} (seen ${day}). ${snapshot || "Dragoman."}`;
}

export function makeCurl(url: string): string {
  return `curl -H "Authorization: Bearer $DRAGOMAN_TOKEN" '${location.origin}${url.replaceAll("'", "%27")}'`;
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
