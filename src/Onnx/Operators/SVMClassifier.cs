using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A classifier by support vectors, one against one: the sign of each pair's decision votes, the class with most votes wins. Outputs: the labels [N] (int64 or string), and the pairs' decisions, or
/// with prob_a and prob_b the probabilities of the classes (Wu, Lin and Weng, 2004). Without support vectors it is linear: a score for each class, X · coefficientsᵀ + rho[0]. https://onnx.ai/onnx/operators/onnx_aionnxml_SVMClassifier.html
/// </summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Coefficients">[classes - 1, supports], or [classes, F] where there are no support vectors.</param>
/// <param name="Rho">What is added to each pair's decision.</param>
/// <param name="SupportVectors">[supports, F], class by class.</param>
/// <param name="VectorsPerClass">The support vectors of each class; empty where there are none.</param>
/// <param name="IntLabels">The labels, or null where they are texts.</param>
/// <param name="StringLabels">The labels, or null where they are numbers.</param>
/// <param name="ProbA">a of each pair's probability 1 / (1 + e^(a · decision + b)), or null.</param>
/// <param name="ProbB">b likewise.</param>
/// <param name="PostTransform">What becomes of the scores.</param>
public sealed record SVMClassifier(
    SvmKernel Kernel,
    ValueList<float> Coefficients,
    ValueList<float> Rho,
    ValueList<float> SupportVectors,
    IntList VectorsPerClass,
    IntList? IntLabels = null,
    ValueList<string>? StringLabels = null,
    ValueList<float>? ProbA = null,
    ValueList<float>? ProbB = null,
    PostTransform PostTransform = PostTransform.None) : ClassicOperator
{
    /// <summary>The classes.</summary>
    public int Classes => IsLinear ? IntLabels?.Count ?? StringLabels?.Count ?? 0 : VectorsPerClass.Count;

    /// <summary>Whether there are no support vectors: the coefficients are those of the features.</summary>
    public bool IsLinear => VectorsPerClass.Count == 0;

    /// <summary>The pairs of classes.</summary>
    public int Pairs => Classes * (Classes - 1) / 2;

    /// <summary>The scores of a sample.</summary>
    public int Scores => IsLinear || ProbA is not null || Classes == 2 ? Classes : Pairs;

    internal static Operator Read(AttributeReader reader)
    {
        IntList perClass = reader.Ints("vectors_per_class") ?? [];
        return new SVMClassifier(
            SvmKernel.Read(reader), Required("coefficients"), Required("rho"), perClass.Count > 0 ? Required("support_vectors") : ReadFloats(reader, "support_vectors") ?? new ValueList<float>(), perClass, reader.Ints("classlabels_ints"), ReadStrings(reader, "classlabels_strings"),
            NotEmpty("prob_a"), NotEmpty("prob_b"), (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms));

        ValueList<float> Required(string name) => ReadFloats(reader, name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");

        ValueList<float>? NotEmpty(string name) => ReadFloats(reader, name) is { Count: > 0 } values ? values : null;
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "classlabels_ints", IntLabels);
        Write(writer, "classlabels_strings", StringLabels);
        Write(writer, "coefficients", Coefficients);
        Kernel.Write(writer);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
        Write(writer, "prob_a", ProbA);
        Write(writer, "prob_b", ProbB);
        Write(writer, "rho", Rho);
        Write(writer, "support_vectors", SupportVectors);
        writer.Ints("vectors_per_class", VectorsPerClass.Values);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        if (IsLinear)
        {
            InferLinear(context, samples);
            return;
        }

        if (Classes is < 2 or > 4096 || VectorsPerClass.Any(count => count is < 0 or > int.MaxValue))
        {
            throw context.Error($"expected 2 to 4096 classes with support vectors, got {VectorsPerClass}.");
        }

        ClassLabels.Require(context, IntLabels, StringLabels, Classes);
        long supports = VectorsPerClass.Sum();
        if (supports < 1 || SupportVectors.Count % supports != 0 || Coefficients.Count != supports * (Classes - 1) || Rho.Count != Pairs
            || (ProbA is null) != (ProbB is null) || (ProbA is not null && (ProbA.Count != Pairs || ProbB!.Count != Pairs)))
        {
            throw context.Error(
                $"expected {supports} support vectors, {Classes - 1} coefficients for each and numbers for {Pairs} pairs in 'rho', 'prob_a' and 'prob_b', got {SupportVectors.Count}, {Coefficients.Count}, {Rho.Count}, {ProbA?.Count}, {ProbB?.Count}.");
        }

        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], SupportVectors.Count / supports, "the features of X and of the support vectors");
        }

        SetOutputs(context, samples);
    }

    private void InferLinear(InferenceContext context, Dimension samples)
    {
        ClassLabels.Require(context, IntLabels, StringLabels, Classes);
        if (Classes < 1 || Coefficients.Count == 0 || Coefficients.Count % Classes != 0 || Rho.Count < 1 || SupportVectors.Count > 0 || ProbA is not null || ProbB is not null)
        {
            throw context.Error(
                $"expected, without 'vectors_per_class', labels, as many coefficients for each, a number in 'rho' and no support vectors and probabilities, got {Classes}, {Coefficients.Count}, {Rho.Count}, {SupportVectors.Count}, {ProbA?.Count ?? 0}, {ProbB?.Count ?? 0}.");
        }

        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], Coefficients.Count / Classes, "the features of X and the coefficients of a class");
        }

        SetOutputs(context, samples);
    }

    private void SetOutputs(InferenceContext context, Dimension samples)
    {
        context.SetOutput(0, StringLabels is null ? ElementType.Int64 : ElementType.String, new SymbolicShape(samples));
        context.SetOutput(1, ElementType.Float32, new SymbolicShape(samples, Scores));
    }
}
