// libpng's simplified writer, whose structure has a version and whose message is an array.
#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H
#include <png.h>
#include <string.h>

// Writes 8-bit RGB, rows one behind the other; returns 1, or 0 and libpng's reason in `message`, which
// has 64 octets.
static inline int cpng_write(const char *path, unsigned width, unsigned height, const void *rgb,
                             char *message) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGB;
  int done = png_image_write_to_file(&image, path, 0, rgb, (png_int_32)(3 * width), 0);
  memcpy(message, image.message, sizeof image.message);
  return done;
}

// Reads a file of any kind as 8-bit RGB into `rgb`, which has `capacity` octets; returns 1 and the size.
static inline int cpng_read(const char *path, unsigned *width, unsigned *height, void *rgb,
                            size_t capacity) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&image, path)) return 0;
  image.format = PNG_FORMAT_RGB;
  *width = image.width;
  *height = image.height;
  if (PNG_IMAGE_SIZE(image) > capacity) {
    png_image_free(&image);
    return 0;
  }
  return png_image_finish_read(&image, NULL, rgb, 0, NULL);
}
#endif
