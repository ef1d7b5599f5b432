namespace Toolkit.Onnx.Operators;

/// <summary>An operator of the domain <c>ai.onnx.ml</c>: classic models and what prepares their features.</summary>
public abstract record ClassicOperator : Operator
{
    /// <summary>The domain.</summary>
    public const string ClassicDomain = "ai.onnx.ml";

    private protected static readonly string[] PostTransforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];

    /// <inheritdoc/>
    public override string Domain => ClassicDomain;

    /// <summary>A list of floats; null where it is absent.</summary>
    private protected static ValueList<float>? ReadFloats(AttributeReader reader, string name) => reader.Floats(name) is { } values ? new ValueList<float>([.. values]) : null;

    /// <summary>A list of texts; null where it is absent.</summary>
    private protected static ValueList<string>? ReadStrings(AttributeReader reader, string name) => reader.Strings(name) is { } values ? new ValueList<string>([.. values]) : null;

    /// <summary>Writes a list that is there.</summary>
    private protected static void Write(AttributeWriter writer, string name, ValueList<float>? values)
    {
        if (values is not null)
        {
            writer.Floats(name, values.Values);
        }
    }

    /// <inheritdoc cref="Write(AttributeWriter, string, ValueList{float}?)"/>
    private protected static void Write(AttributeWriter writer, string name, ValueList<string>? values)
    {
        if (values is not null)
        {
            writer.Strings(name, values.Values);
        }
    }

    /// <inheritdoc cref="Write(AttributeWriter, string, ValueList{float}?)"/>
    private protected static void Write(AttributeWriter writer, string name, IntList? values)
    {
        if (values is not null)
        {
            writer.Ints(name, values.Values);
        }
    }

    /// <summary>The samples of X, [N, F] or one sample [F].</summary>
    private protected static Dimension Samples(InferenceContext context)
    {
        if (context.Shape(0) is { Rank: not (1 or 2) } x)
        {
            throw context.Error($"expected X of rank 1 or 2 ([N, F]), got {x}.");
        }

        context.RequireType(0, ElementTypeSet.Numeric);
        return context.Shape(0) is not { } shape ? Dimension.Unknown : shape.Rank == 1 ? 1 : shape[0];
    }
}
