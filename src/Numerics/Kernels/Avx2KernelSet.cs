using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Kernels of x86 AVX2 with fused multiply-add.</summary>
internal sealed class Avx2KernelSet : KernelSet
{
    /// <inheritdoc/>
    public override string Name => "avx2";

    /// <inheritdoc/>
    internal override KernelLevel Level => KernelLevel.Avx2;

    /// <inheritdoc/>
    internal override GemmKernel<float> SingleGemm => Avx2Gemm.Instance;

    /// <inheritdoc/>
    private protected override bool IsSupported => Avx2.IsSupported && Fma.IsSupported;
}
