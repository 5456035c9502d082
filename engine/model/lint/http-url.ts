import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Which hosts may be called is the connector's allow-list; here the address only has to be one. */
export const rule = defineRule('http-url', ({ nodes }, report) => {
  for (const node of nodes) {
    const http = node.work?.http;
    if (!http) continue;
    const { zh, en } = named(node);
    if (!METHODS.has(http.method)) {
      report.error(
        node.id,
        `${zh}的请求方法“${short(http.method)}”不支持`,
        `The method '${short(http.method)}' of ${en} is not supported`,
      );
    }
    if (!http.url) report.error(node.id, `${zh}没有请求地址（url）`, `${en} has no url`);
    else if ('literal' in http.url && !isHttp(http.url.literal)) {
      report.error(
        node.id,
        `${zh}的请求地址“${short(http.url.literal)}”应以 http:// 或 https:// 开头`,
        `The url '${short(http.url.literal)}' of ${en} must be an http or https address`,
      );
    }
  }
});

function isHttp(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
