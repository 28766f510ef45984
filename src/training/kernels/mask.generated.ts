// Compiled from assembly/mask.ts by scripts/build-kernels.mjs; do not edit.
/** WebAssembly binary, base64. */
export default 'AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAAMCAQAHGAILcGxhY2Vob2xkZXIAAAZtZW1vcnkCAAoEAQIACw==';
