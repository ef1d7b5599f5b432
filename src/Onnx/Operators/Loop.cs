using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A subgraph that runs again and again: at most as often as the first input says, and as long as a condition holds. Inputs: trip count (int64, optional),
/// condition (bool, optional), values that go into the first iteration. Outputs: those values behind the last iteration, and the results of all iterations
/// one after the other along a new first axis. The condition that the body gives ends the loop also where the input is left out, as in ONNX's reference
/// implementation and ONNX Runtime. https://onnx.ai/onnx/operators/onnx__Loop.html
/// </summary>
/// <param name="Body">Inputs: iteration (int64), condition (bool), values. Outputs: condition, values, results.</param>
public sealed record Loop(OnnxGraph Body) : ControlFlowOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        var inputs = new InferredValue[Math.Max(2, reader.InputCount)];
        inputs[0] = Iteration(reader.InputShape(0));
        inputs[1] = Condition(reader.InputShape(1));
        for (int i = 2; i < inputs.Length; i++)
        {
            inputs[i] = Varying(reader.InputValue(i));
        }

        return new Loop(reader.Graph("body", inputs));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OnnxGraph> Graphs => [Body];

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Graph("body", Body);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        int carriedCount = Math.Max(0, context.InputCount - 2);
        context.RequireInputs(0, int.MaxValue);
        RequireScalar(context, 0, ElementTypeSet.Signed, "trip count");
        RequireScalar(context, 1, ElementTypeSet.Bool, "condition");
        RequireCount(context, Body.Inputs.Count, carriedCount + 2, "inputs of the body: iteration, condition and the values");
        int scanCount = Body.Outputs.Count - 1 - carriedCount;
        if (scanCount < 0)
        {
            throw context.Error($"expected {1 + carriedCount} outputs of the body or more: condition and the values, got {Body.Outputs.Count}.");
        }

        RequireOutputs(context, carriedCount + scanCount);
        var initial = new InferredValue[carriedCount];
        for (int i = 0; i < initial.Length; i++)
        {
            initial[i] = context.Value(i + 2) ?? throw context.Error($"expected a value as input {i + 2}, which is not optional, got an empty name.");
        }

        InferredValue iteration = Iteration(context.Shape(0));
        InferredValue condition = Condition(context.Shape(1));
        (InferredValue[] carried, IReadOnlyList<InferredValue> outputs) =
            InferCarried(context, initial, 1, values => InferGraph(context, 0, [iteration, condition, .. values]));
        if (outputs[0] is { Container: not null } or { Type: not (ElementType.Bool or ElementType.Undefined) })
        {
            throw context.Error($"expected a bool as the first output of the body, got {outputs[0].OnnxType}.");
        }

        for (int i = 0; i < context.OutputCount; i++)
        {
            if (i < carriedCount)
            {
                context.SetOutput(i, carried[i].OnnxType);
                continue;
            }

            InferredValue result = outputs[1 + i];
            if (result.Container is { } container)
            {
                throw context.Error($"expected a tensor as output {1 + i} of the body, which is joined over all iterations, got {container}.");
            }

            context.SetOutput(i, result.Type, result.Shape is { } shape ? new SymbolicShape([Trips(context, outputs[0]), .. shape.Dimensions]) : null);
        }
    }

    // As the inputs of the node: a scalar or one element.
    private static InferredValue Iteration(SymbolicShape? shape) => new(ElementType.Int64, shape ?? new SymbolicShape());

    // In an iteration that runs the condition holds.
    private static InferredValue Condition(SymbolicShape? shape) => new(shape?.Rank == 1 ? Tensor.Vector(true) : Tensor.Scalar(true));

    private static void RequireScalar(InferenceContext context, int input, ElementTypeSet types, string what)
    {
        if (context.HasInput(input))
        {
            context.RequireTensor(input);
            context.RequireType(input, types);
            if (context.Shape(input) is { } shape && (shape.Rank > 1 || shape.ElementCount is { } count and not 1))
            {
                throw context.Error($"expected a {what} of one element, got {shape}.");
            }
        }
    }

    // Known where nothing but the trip count ends the loop.
    private static Dimension Trips(InferenceContext context, InferredValue condition)
    {
        bool runs = !context.HasInput(1) || context.Constant(1) is Tensor<bool> { Span: [true] };
        bool goesOn = condition.Constant is Tensor<bool> { Span: [true] };
        return context.HasInput(1) && context.Constant(1) is Tensor<bool> { Span: [false] } ? 0
            : context.ConstantInts(0) is not [var trips] ? Dimension.Unknown
            : trips <= 0 ? 0
            : runs && goesOn ? trips
            : Dimension.Unknown;
    }
}
