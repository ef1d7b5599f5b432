using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = whether something holds of x, element by element: y has x's shape and is bool.</summary>
public abstract record PredicateOperator : Operator
{
    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        context.SetOutput(0, ElementType.Bool, context.Shape(0));
    }
}
