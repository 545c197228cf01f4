let commandLines = [
  Seed(
    "codec-import", "vpxenc",
    "vpxenc --codec=vp8 --rt --cpu-used=-6 --target-bitrate=500 -w 640 -h 360 --fps=30000/1001 "
      + "--end-usage=cbr --min-q=2 --max-q=56 --buf-sz=1000 --kf-max-dist=300 --disable-kf "
      + "--token-parts=2 -t 4 -o 'out put.ivf' in.y4m\n"),
  Seed(
    "codec-import", "ffmpeg",
    "cat a | ffmpeg -re -i - -c:v libvpx -b:v 1.5M -minrate 1500k -maxrate 1500K -bufsize 1M -s cif "
      + "-r 25 -g 250 -keyint_min 250 -qmin 2 -deadline realtime -speed -5 -slices 4 "
      + "-error-resilient default+partitions -tune ssim -crf 10 -c:a libopus -f rtp \"rtp://h:1\"\n"
  ),
  Seed(
    "codec-import", "layers",
    "ffmpeg -c:v libvpx -ts-parameters ts_number_layers=3:ts_target_bitrate=250,500,900\n"),
]
