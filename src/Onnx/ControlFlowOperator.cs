using Toolkit.Numerics;
using Toolkit.Onnx.Inference;

namespace Toolkit.Onnx;

/// <summary>
/// An operator that runs graphs of its own: <see cref="Operators.If"/>, <see cref="Operators.Loop"/>, <see cref="Operators.Scan"/>,
/// <see cref="Operators.SequenceMap"/>. The graphs see the values of the graphs around them by name.
/// </summary>
public abstract record ControlFlowOperator : Operator
{
    // After the values as they are, and what differs in them, nothing is assumed of their shapes.
    private const int MaxPasses = 3;

    /// <summary>The subgraphs.</summary>
    public abstract IReadOnlyList<OnnxGraph> Graphs { get; }

    /// <inheritdoc/>
    public override bool TakesContainers => true;

    /// <summary>What is known of a value that changes from one iteration to the next: type and rank.</summary>
    private protected static InferredValue Varying(InferredValue? value) => value is null ? new InferredValue(ElementType.Undefined, null)
        : value.Shape is { } shape ? new InferredValue(value.Type, new SymbolicShape(new Dimension[shape.Rank]))
        : value;

    /// <summary>What holds for both of two values.</summary>
    private protected static InferredValue Merge(InferenceContext context, InferredValue a, InferredValue b, string what) =>
        ReferenceEquals(a, b) ? a : new InferredValue(Merge(context, a.OnnxType, b.OnnxType, what));

    /// <summary>
    /// What holds for the values that a body takes from one iteration to the next, found by inferring the body until it says of them no less than
    /// was assumed.
    /// </summary>
    /// <param name="context">The node.</param>
    /// <param name="initial">The values before the first iteration.</param>
    /// <param name="offset">The position of the first of them among the body's outputs.</param>
    /// <param name="infer">Infers the body.</param>
    /// <returns>What is known of the values, and of the body's outputs for them.</returns>
    private protected static (InferredValue[] Carried, IReadOnlyList<InferredValue> Outputs) InferCarried(
        InferenceContext context, InferredValue[] initial, int offset, Func<InferredValue[], IReadOnlyList<InferredValue>> infer)
    {
        InferredValue[] carried = Array.ConvertAll(initial, value => value.WithoutElements());
        if (!context.Subgraphs.MayRepeat)
        {
            carried = Array.ConvertAll(carried, WithoutShape);
        }

        for (int pass = 1; ; pass++)
        {
            IReadOnlyList<InferredValue> outputs = infer(carried);
            bool isStable = true;
            var merged = new InferredValue[carried.Length];
            for (int i = 0; i < merged.Length; i++)
            {
                merged[i] = Merge(context, carried[i], outputs[offset + i], $"what goes into its subgraph and what comes out as value {i}");
                isStable &= merged[i].OnnxType.Equals(carried[i].OnnxType);
            }

            if (isStable)
            {
                return (carried, outputs);
            }

            if (pass > MaxPasses || !context.Subgraphs.MayRepeat)
            {
                throw context.Error("the types of the values that its subgraph takes from one iteration to the next do not agree.");
            }

            carried = pass == 1 ? merged : Array.ConvertAll(merged, WithoutShape);
        }
    }

    /// <summary>Infers a subgraph, and checks what goes in and comes out against what it declares.</summary>
    private protected IReadOnlyList<InferredValue> InferGraph(InferenceContext context, int graph, params ReadOnlySpan<InferredValue> inputs)
    {
        OnnxGraph body = Graphs[graph];
        var admitted = new InferredValue[inputs.Length];
        for (int i = 0; i < admitted.Length; i++)
        {
            admitted[i] = ControlFlow.Admit(body.Inputs[i], inputs[i]);
        }

        return [.. context.Subgraphs.Infer(graph, admitted).Select((value, i) => ControlFlow.Result(body.Outputs[i], value))];
    }

    /// <summary>Sets an output to what a subgraph says of it.</summary>
    private protected static void SetOutput(InferenceContext context, int output, InferredValue value)
    {
        if (value.Constant is { } constant)
        {
            context.SetConstant(output, constant);
            return;
        }

        context.SetOutput(output, value.OnnxType);
        if (value.Elements is { } elements)
        {
            context.SetElements(output, elements);
        }
    }

    /// <summary>Checks the number of a subgraph's inputs or outputs.</summary>
    private protected static void RequireCount(InferenceContext context, int got, int expected, string what)
    {
        if (got != expected)
        {
            throw context.Error($"expected {expected} {what}, got {got}.");
        }
    }

    /// <summary>Checks that the node names no more outputs than there are.</summary>
    private protected static void RequireOutputs(InferenceContext context, int available)
    {
        if (context.OutputCount > available)
        {
            throw context.Error($"expected {available} outputs at most, as its subgraph makes, got {context.OutputCount}.");
        }
    }

    private static InferredValue WithoutShape(InferredValue value) => new(ControlFlow.WithoutShape(value.OnnxType));

    private static OnnxType Merge(InferenceContext context, OnnxType a, OnnxType b, string what) => (a, b) switch
    {
        (TensorType x, TensorType y) when x.Fits(y) => new TensorType(x.ElementType == ElementType.Undefined ? y.ElementType : x.ElementType, Merge(x.Shape, y.Shape)),
        (SequenceType x, SequenceType y) => new SequenceType(Merge(context, x.Element, y.Element, what)),
        (OptionalType x, OptionalType y) => new OptionalType(Merge(context, x.Element, y.Element, what)),
        (OptionalType x, _) => new OptionalType(Merge(context, x.Element, b, what)),
        (_, OptionalType y) => new OptionalType(Merge(context, a, y.Element, what)),
        (MapType x, MapType y) when x.Fits(y) => x,
        (TensorType { ElementType: ElementType.Undefined, Shape: null }, _) => b,
        (_, TensorType { ElementType: ElementType.Undefined, Shape: null }) => a,
        _ => throw context.Error($"expected one type for {what}, got {a} and {b}."),
    };

    private static SymbolicShape? Merge(SymbolicShape? a, SymbolicShape? b)
    {
        if (a is null || b is null || a.Rank != b.Rank)
        {
            return null;
        }

        var dimensions = new Dimension[a.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = a[axis] == b[axis] ? a[axis] : Dimension.Unknown;
        }

        return new SymbolicShape(dimensions);
    }
}
