namespace Toolkit.Onnx.Operators;

/// <summary>The labels of a classifier, numbers or texts.</summary>
internal static class ClassLabels
{
    /// <summary>Checks that there is one list of labels, one for each score.</summary>
    public static void Require(InferenceContext context, IntList? ints, ValueList<string>? strings, int count)
    {
        if ((ints is null) == (strings is null))
        {
            throw context.Error("expected either 'classlabels_ints' or 'classlabels_strings'.");
        }

        int labels = ints?.Count ?? strings!.Count;
        if (labels != count)
        {
            throw context.Error($"expected {count} labels, got {labels}.");
        }
    }
}
