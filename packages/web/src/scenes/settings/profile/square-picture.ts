/** As large as a photo is ever shown, twice over for fine screens. */
const SIDE = 256

/** The middle of a picture as a small square. Rejects when the browser cannot read it. */
export async function squarePicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const side = Math.min(bitmap.width, bitmap.height)
    const canvas = document.createElement('canvas')
    canvas.width = SIDE
    canvas.height = SIDE
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser draws no pictures.')
    context.imageSmoothingQuality = 'high'
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2]
    context.drawImage(bitmap, left, top, side, side, 0, 0, SIDE, SIDE)
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty.'))), 'image/webp', 0.9)
    })
  } finally {
    bitmap.close()
  }
}
