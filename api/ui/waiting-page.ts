import type { UiBuildState } from './build-state.ts';

/** Shown while the pages are built; asks again by itself. The API answers meanwhile. */
export function waitingPage({ build, step }: UiBuildState): string {
  const failed = build === 'failed';
  const title = failed ? '界面构建失败' : '界面构建中';
  const english = failed ? 'The pages could not be built' : 'Building the pages';
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="refresh" content="${failed ? 10 : 2}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · OneVisit 一次办</title>
    <style>
      body { font: 16px/1.6 system-ui, sans-serif; margin: 15vh auto; max-width: 40rem; padding: 0 1rem; color: #1f2937; }
      pre { white-space: pre-wrap; background: #f3f4f6; padding: .75rem; border-radius: .5rem; }
    </style>
  </head>
  <body>
    <h1>${title}</h1>
    <p>${failed ? '接口可用，界面暂不可用。' : '首次启动需要构建界面，接口已可使用，本页会自动刷新。'}</p>
    <p lang="en">${english}. The API is up: <a href="/api/docs">/api/docs</a></p>
    ${step ? `<pre>${escapeHtml(step)}</pre>` : ''}
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
