// Mozilla Readability over linkedom, as a batch tool of the same form: {"id","url","path"} a line in.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

for await (const line of createInterface({ input: process.stdin })) {
  const { id, path } = JSON.parse(line);
  let answer = { id };
  try {
    const { document } = parseHTML(readFileSync(path, "utf8"));
    const article = new Readability(document).parse();
    if (article) {
      const { document: body } = parseHTML(`<body>${article.content}</body>`);
      const blocks = [...body.querySelectorAll("p,h1,h2,h3,h4,h5,h6,li,blockquote,pre,td,div")].filter((one) => !one.querySelector("p,div,li,td,blockquote"));
      const text = blocks.length ? blocks.map((one) => one.textContent).join("\n") : article.textContent;
      answer = { id, articleBody: text, title: article.title, author: article.byline ? [article.byline] : [], datePublished: article.publishedTime };
    }
  } catch {
    // A page it cannot read counts as empty.
  }
  console.log(JSON.stringify(answer));
}
