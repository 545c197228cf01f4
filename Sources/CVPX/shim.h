// What Swift cannot import of libvpx: variadic functions, and macros that hide an ABI version.
#ifndef CVPX_SHIM_H
#define CVPX_SHIM_H
#include <vpx/vp8cx.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>
#include <vpx/vpx_encoder.h>

// Handles. The macros behind these pass the ABI version that the headers were compiled with.

static inline vpx_codec_err_t cvpx_encoder_init(vpx_codec_ctx_t *context,
                                                const vpx_codec_enc_cfg_t *configuration,
                                                vpx_codec_flags_t flags) {
  return vpx_codec_enc_init(context, vpx_codec_vp8_cx(), configuration, flags);
}

static inline vpx_codec_err_t cvpx_decoder_init(vpx_codec_ctx_t *context,
                                                const vpx_codec_dec_cfg_t *configuration) {
  return vpx_codec_dec_init(context, vpx_codec_vp8_dx(), configuration, 0);
}

// Encoder controls: one function each, so that the C compiler checks the argument's type.

static inline vpx_codec_err_t cvpx_set_cpu_used(vpx_codec_ctx_t *context, int value) {
  return vpx_codec_control(context, VP8E_SET_CPUUSED, value);
}

static inline vpx_codec_err_t cvpx_set_auto_alt_ref(vpx_codec_ctx_t *context, unsigned value) {
  return vpx_codec_control(context, VP8E_SET_ENABLEAUTOALTREF, value);
}

static inline vpx_codec_err_t cvpx_set_noise_sensitivity(vpx_codec_ctx_t *context,
                                                         unsigned value) {
  return vpx_codec_control(context, VP8E_SET_NOISE_SENSITIVITY, value);
}

static inline vpx_codec_err_t cvpx_set_sharpness(vpx_codec_ctx_t *context, unsigned value) {
  return vpx_codec_control(context, VP8E_SET_SHARPNESS, value);
}

static inline vpx_codec_err_t cvpx_set_static_threshold(vpx_codec_ctx_t *context,
                                                        unsigned value) {
  return vpx_codec_control(context, VP8E_SET_STATIC_THRESHOLD, value);
}

static inline vpx_codec_err_t cvpx_set_token_partitions(vpx_codec_ctx_t *context, int value) {
  return vpx_codec_control(context, VP8E_SET_TOKEN_PARTITIONS, value);
}

static inline vpx_codec_err_t cvpx_set_max_intra_rate(vpx_codec_ctx_t *context, unsigned value) {
  return vpx_codec_control(context, VP8E_SET_MAX_INTRA_BITRATE_PCT, value);
}

static inline vpx_codec_err_t cvpx_set_gf_cbr_boost(vpx_codec_ctx_t *context, unsigned value) {
  return vpx_codec_control(context, VP8E_SET_GF_CBR_BOOST_PCT, value);
}

static inline vpx_codec_err_t cvpx_set_screen_content_mode(vpx_codec_ctx_t *context,
                                                           unsigned value) {
  return vpx_codec_control(context, VP8E_SET_SCREEN_CONTENT_MODE, value);
}

static inline vpx_codec_err_t cvpx_set_tuning(vpx_codec_ctx_t *context, int value) {
  return vpx_codec_control(context, VP8E_SET_TUNING, value);
}

static inline vpx_codec_err_t cvpx_set_cq_level(vpx_codec_ctx_t *context, unsigned value) {
  return vpx_codec_control(context, VP8E_SET_CQ_LEVEL, value);
}

static inline vpx_codec_err_t cvpx_set_temporal_layer_id(vpx_codec_ctx_t *context, int value) {
  return vpx_codec_control(context, VP8E_SET_TEMPORAL_LAYER_ID, value);
}

static inline vpx_codec_err_t cvpx_get_last_quantizer_64(vpx_codec_ctx_t *context, int *value) {
  return vpx_codec_control(context, VP8E_GET_LAST_QUANTIZER_64, value);
}

// Decoder controls.

static inline vpx_codec_err_t cvpx_get_last_ref_updates(vpx_codec_ctx_t *context, int *value) {
  return vpx_codec_control(context, VP8D_GET_LAST_REF_UPDATES, value);
}

static inline vpx_codec_err_t cvpx_get_last_ref_used(vpx_codec_ctx_t *context, int *value) {
  return vpx_codec_control(context, VP8D_GET_LAST_REF_USED, value);
}

static inline vpx_codec_err_t cvpx_get_frame_corrupted(vpx_codec_ctx_t *context, int *value) {
  return vpx_codec_control(context, VP8D_GET_FRAME_CORRUPTED, value);
}

// Constants that are expressions or casts in libvpx's headers.

static const vpx_enc_frame_flags_t cvpx_flag_force_key_frame = VPX_EFLAG_FORCE_KF;
static const vpx_enc_frame_flags_t cvpx_flag_no_ref_last = VP8_EFLAG_NO_REF_LAST;
static const vpx_enc_frame_flags_t cvpx_flag_no_ref_golden = VP8_EFLAG_NO_REF_GF;
static const vpx_enc_frame_flags_t cvpx_flag_no_ref_altref = VP8_EFLAG_NO_REF_ARF;
static const vpx_enc_frame_flags_t cvpx_flag_no_update_last = VP8_EFLAG_NO_UPD_LAST;
static const vpx_enc_frame_flags_t cvpx_flag_no_update_golden = VP8_EFLAG_NO_UPD_GF;
static const vpx_enc_frame_flags_t cvpx_flag_no_update_altref = VP8_EFLAG_NO_UPD_ARF;
static const vpx_enc_frame_flags_t cvpx_flag_force_golden = VP8_EFLAG_FORCE_GF;
static const vpx_enc_frame_flags_t cvpx_flag_force_altref = VP8_EFLAG_FORCE_ARF;
static const vpx_enc_frame_flags_t cvpx_flag_no_update_entropy = VP8_EFLAG_NO_UPD_ENTROPY;
static const vpx_codec_flags_t cvpx_use_output_partition = VPX_CODEC_USE_OUTPUT_PARTITION;
static const unsigned long cvpx_deadline_realtime = VPX_DL_REALTIME;
static const unsigned int cvpx_frame_is_key = VPX_FRAME_IS_KEY;
static const int cvpx_reference_last = VP8_LAST_FRAME;
static const int cvpx_reference_golden = VP8_GOLD_FRAME;
static const int cvpx_reference_altref = VP8_ALTR_FRAME;
#endif
