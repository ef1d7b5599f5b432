using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// x with one value replaced, by one number for everything or one for each feature (the last axis): floating X has the float attributes, integers the int ones. NaN replaces NaN.
/// https://onnx.ai/onnx/operators/onnx_aionnxml_Imputer.html
/// </summary>
/// <param name="ImputedFloats">The new numbers of floating X.</param>
/// <param name="ImputedInts">The new numbers of integers.</param>
/// <param name="ReplacedFloat">What is replaced in floating X.</param>
/// <param name="ReplacedInt">What is replaced in integers.</param>
public sealed record Imputer(ValueList<float>? ImputedFloats = null, IntList? ImputedInts = null, float ReplacedFloat = 0, long ReplacedInt = 0) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new Imputer(
        ReadFloats(reader, "imputed_value_floats"), reader.Ints("imputed_value_int64s"), reader.Float("replaced_value_float", 0), reader.Int("replaced_value_int64", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "imputed_value_floats", ImputedFloats);
        Write(writer, "imputed_value_int64s", ImputedInts);
        writer.Float("replaced_value_float", ReplacedFloat);
        writer.Int("replaced_value_int64", ReplacedInt);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric);
        bool isFloating = context.Type(0) is ElementType.Float32 or ElementType.Float64;
        int? count = isFloating ? ImputedFloats?.Count : ImputedInts?.Count;
        if (count is null && context.Type(0) != ElementType.Undefined)
        {
            throw context.Error($"expected attribute '{(isFloating ? "imputed_value_floats" : "imputed_value_int64s")}' for X of type {context.Type(0)}.");
        }

        FeatureLists.Require(context, count, isFloating ? "imputed_value_floats" : "imputed_value_int64s");
        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}
