// Compiles native-workers/rendering/cpu/kernel/*.c to kernel.wasm with the pinned clang from npm; no system compiler.
// `--check` compares with the committed kernel instead of writing it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kernelFolder = fileURLToPath(new URL('../native-workers/rendering/cpu/kernel/', import.meta.url))
export const kernelFile = fileURLToPath(
  new URL('../native-workers/rendering/cpu/kernel.wasm', import.meta.url),
)

const compileFlags =
  '--target=wasm32 -O3 -ffast-math -msimd128 -matomics -mbulk-memory -ffreestanding -nostdlib -Wall -Werror -c'
const linkFlags = [
  '--no-entry',
  '--shared-memory',
  '--import-memory',
  '--max-memory=4294967296',
  '--no-check-features',
  '--export=__stack_pointer',
  '--export=__heap_base',
  ...['run_round', 'serve_rounds', 'total_moments'].map((name) => `--export=${name}`),
  '-z',
  'stack-size=65536',
]

/** @returns {Promise<Uint8Array>} the linked module, byte for byte reproducible */
export async function compileKernel() {
  const { runLLVM } = await import('@yowasp/clang')
  /** @type {import('@yowasp/clang').Tree} */
  let files = {}
  for (const name of readdirSync(kernelFolder)) files[name] = readFileSync(join(kernelFolder, name), 'utf8')
  const objects = []
  for (const name of Object.keys(files)
    .filter((file) => file.endsWith('.c'))
    .sort()) {
    const object = name.replace(/\.c$/, '.o')
    files = { ...files, ...(await runLLVM(['clang', ...compileFlags.split(' '), name, '-o', object], files)) }
    objects.push(object)
  }
  const output = await runLLVM(['wasm-ld', ...linkFlags, ...objects, '-o', 'kernel.wasm'], files)
  const kernel = output?.['kernel.wasm']
  if (!(kernel instanceof Uint8Array)) throw new Error('The linker wrote no kernel.')
  return kernel
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await compileKernel()
  if (process.argv.includes('--check')) {
    if (!readFileSync(kernelFile).equals(built)) {
      console.error('kernel.wasm does not match its source: run npm run kernel')
      process.exit(1)
    }
  } else {
    writeFileSync(kernelFile, built)
  }
  console.log(`kernel.wasm ${built.length} bytes`)
}
