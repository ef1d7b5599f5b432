namespace Toolkit.Onnx.Operators;

/// <summary>The kernel of a support vector machine with its parameters.</summary>
/// <param name="Kind">The kernel.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Offset">r.</param>
/// <param name="Degree">d.</param>
public readonly record struct SvmKernel(SvmKernelKind Kind, float Gamma = 0, float Offset = 0, float Degree = 0)
{
    private static readonly string[] Kinds = ["LINEAR", "POLY", "RBF", "SIGMOID"];

    internal static SvmKernel Read(AttributeReader reader)
    {
        var kind = (SvmKernelKind)TextChoice.Read(reader, "kernel_type", 0, Kinds);
        return reader.Floats("kernel_params") switch
        {
            null or [] => new SvmKernel(kind),
            [float gamma, float offset, float degree] => new SvmKernel(kind, gamma, offset, degree),
            var other => throw reader.Error($"expected gamma, coef0 and degree in 'kernel_params', got {other.Count} numbers."),
        };
    }

    internal void Write(AttributeWriter writer)
    {
        writer.Floats("kernel_params", Gamma, Offset, Degree);
        writer.String("kernel_type", Kinds[(int)Kind]);
    }
}
