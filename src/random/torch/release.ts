/** The releases of PyTorch whose numbers are known; `docs/streams-torch.md` says where they differ. */
export type TorchRelease = '1.13' | '2.13';
