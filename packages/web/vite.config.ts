import { join } from 'node:path'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkGroups } from './chunks.ts'
import { compress } from './compress-plugin.ts'
import { emojiData } from './emoji-data.ts'
import { serviceWorker } from './service-worker-plugin.ts'

const SERVER = 'http://127.0.0.1:7300'

export default defineConfig({
  plugins: [react(), tailwind(), emojiData(), serviceWorker(), compress()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    // The page's Content-Security-Policy knows no `data:` fonts or scripts: every asset stays a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the inbox may weigh is a budget in gzip, tested; the builder's own warning counts something else.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: chunkGroups(join(import.meta.dirname, 'src')) },
        chunkFileNames: ({ name }) => `assets/${name.split('~', 1)[0]}-[hash].js`,
      },
    },
  },
  server: { proxy: { '/api': SERVER, '/files': SERVER, '/realtime': SERVER } },
})
