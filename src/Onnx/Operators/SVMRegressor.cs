using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y [N, 1] = Σ coefficients · kernel(X [N, F], support vectors) + rho, or without support vectors kernel(X, coefficients) + rho; with one_class 1 where that is above 0 and -1
/// elsewhere. https://onnx.ai/onnx/operators/onnx_aionnxml_SVMRegressor.html
/// </summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Coefficients">[supports], or [F] without support vectors.</param>
/// <param name="Rho">What is added: one number.</param>
/// <param name="SupportVectors">[supports, F], or null.</param>
/// <param name="Supports">The number of support vectors.</param>
/// <param name="IsOneClass">Whether the sign is wanted.</param>
/// <param name="PostTransform">What becomes of the sums.</param>
public sealed record SVMRegressor(
    SvmKernel Kernel, ValueList<float> Coefficients, ValueList<float> Rho, ValueList<float>? SupportVectors = null, long Supports = 0, bool IsOneClass = false, PostTransform PostTransform = PostTransform.None)
    : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new SVMRegressor(
        SvmKernel.Read(reader),
        ReadFloats(reader, "coefficients") ?? throw reader.Error("expected attribute 'coefficients', which is not optional."),
        ReadFloats(reader, "rho") ?? throw reader.Error("expected attribute 'rho', which is not optional."),
        ReadFloats(reader, "support_vectors"), reader.Int("n_supports", 0), reader.Flag("one_class", false), (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "coefficients", Coefficients);
        Kernel.Write(writer);
        writer.Int("n_supports", Supports);
        writer.Flag("one_class", IsOneClass);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
        Write(writer, "rho", Rho);
        Write(writer, "support_vectors", SupportVectors);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        int vectors = SupportVectors?.Count ?? 0;
        if (Rho.Count < 1 || Coefficients.Count < 1 || Supports < 0 || (Supports > 0 && (SupportVectors is null || Coefficients.Count != Supports || vectors % Supports != 0)))
        {
            throw context.Error($"expected one number in 'rho' and a coefficient for each of {Supports} support vectors, got {Rho.Count}, {Coefficients.Count} and {vectors} elements of vectors.");
        }

        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], Supports > 0 ? vectors / Supports : Coefficients.Count, "the features of X and of the support vectors");
        }

        context.SetOutput(0, ElementType.Float32, new SymbolicShape(samples, 1));
    }
}
