using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A subgraph that runs once for every element of a sequence. Inputs: sequence, further sequences of the same length (of which each iteration gets one
/// element) or tensors (of which each gets the whole). Outputs: a sequence of what each output of the body is. https://onnx.ai/onnx/operators/onnx__SequenceMap.html
/// </summary>
/// <param name="Body">Inputs: an element of each sequence, each tensor.</param>
public sealed record SequenceMap(OnnxGraph Body) : ControlFlowOperator
{
    internal static Operator Read(AttributeReader reader)
    {
        var inputs = new InferredValue[reader.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Element(reader.InputValue(i));
        }

        return new SequenceMap(reader.Graph("body", inputs));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<OnnxGraph> Graphs => [Body];

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Graph("body", Body);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        if (context.ValueType(0) is not SequenceType)
        {
            throw context.Error($"expected a sequence as input 0, got {context.ValueType(0)}.");
        }

        RequireCount(context, Body.Inputs.Count, context.InputCount, "inputs of the body, as many as of the node");
        RequireOutputs(context, Body.Outputs.Count);
        var inputs = new InferredValue[context.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Element(context.Value(i) ?? throw context.Error($"expected a value as input {i}, which is not optional, got an empty name."));
        }

        IReadOnlyList<InferredValue> outputs = InferGraph(context, 0, inputs);
        for (int i = 0; i < context.OutputCount; i++)
        {
            context.SetOutput(i, new SequenceType(outputs[i].OnnxType));
        }
    }

    private static InferredValue Element(InferredValue? value) => value switch
    {
        null => new InferredValue(ElementType.Undefined, null),
        { Container: SequenceType sequence } => new InferredValue(sequence.Element),
        _ => value,
    };
}
