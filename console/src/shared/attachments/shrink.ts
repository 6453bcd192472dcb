/** Photos are made smaller before they are sent: a telephone's are ten times what a screen shows. */
import { asJpeg, isPhoto } from "./kinds";

const ENOUGH = 400_000;
const LONGEST = 1600;
/** The first that is small enough is sent. */
const TRIES: [scale: number, quality: number][] = [
  [1, 0.8],
  [1, 0.65],
  [0.75, 0.7],
  [0.6, 0.6],
  [0.4, 0.5],
];

export interface Ready {
  blob: Blob;
  name: string;
  type: string;
}

/** The file as it is to be sent: a photo that is large, turned as it was taken, as a smaller JPEG; others as they are. */
export async function made(file: Blob & { name: string }, type: string): Promise<Ready> {
  const asItIs = { blob: file, name: file.name, type };
  if (!isPhoto(type) || file.size <= ENOUGH) return asItIs;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // A kind of picture that this browser cannot read.
    return asItIs;
  }
  try {
    for (const [scale, quality] of TRIES) {
      const blob = await drawn(picture, scale, quality);
      if (blob && blob.size <= ENOUGH) return { blob, name: asJpeg(file.name), type: "image/jpeg" };
    }
    return asItIs;
  } finally {
    picture.close();
  }
}

/** How large a picture of this size is drawn. */
export function fitted(width: number, height: number, scale: number): [width: number, height: number] {
  const by = Math.min(1, LONGEST / Math.max(width, height)) * scale;
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

async function drawn(picture: ImageBitmap, scale: number, quality: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(picture.width, picture.height, scale);
  const on = canvas.getContext("2d");
  if (on === null) return null;
  // What is transparent would be black.
  on.fillStyle = "#ffffff";
  on.fillRect(0, 0, canvas.width, canvas.height);
  on.imageSmoothingQuality = "high";
  on.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}
