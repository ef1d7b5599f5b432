namespace Toolkit.Numerics.Kernels;

/// <summary>The scalar kernels: the oracle of the others, and what runs where there are no vectors.</summary>
internal sealed class ScalarKernelSet : KernelSet
{
    /// <inheritdoc/>
    public override string Name => "scalar";

    /// <inheritdoc/>
    internal override KernelLevel Level => KernelLevel.Scalar;

    /// <inheritdoc/>
    internal override GemmKernel<float> SingleGemm => ScalarGemm<float>.Instance;

    /// <inheritdoc/>
    private protected override bool IsSupported => true;
}
