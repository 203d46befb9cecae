import { createHash } from 'node:crypto'
import { type SceneDocument } from '../../contract/files/scene-document.js'

/**
 * One HTML file that shows a scene in any current browser without a network: the viewer and the document stand inside
 * it, and its policy lets it load nothing, from nowhere.
 */
export function sceneHtml(scene: SceneDocument, viewerScript: string): string {
  // Only the end tag and a comment's beginning could end or change a script element.
  const script = viewerScript.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(scene.title)}</title>`,
    '</head>',
    '<body>',
    '<noscript>This scene is drawn by the script that it contains.</noscript>',
    `<script type="application/json" id="scene">${JSON.stringify(scene).replaceAll('<', '\\u003c')}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escapeText = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character])
