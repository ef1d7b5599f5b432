using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Y = activation(Conv(X, W, B)): what <see cref="ActivationFusion"/> makes of a Conv and the activation behind it. It lives in the engine
/// alone and is in no file.
/// </summary>
/// <param name="Conv">The convolution.</param>
/// <param name="Activation">What is applied to each element as it is computed.</param>
internal sealed record FusedConv(Onnx.Operators.Conv Conv, ActivationKind Activation) : Operator
{
    /// <inheritdoc/>
    public override string OpType => $"Conv+{Activation}";

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => Conv.WriteAttributes(writer);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => Conv.Infer(context);
}
