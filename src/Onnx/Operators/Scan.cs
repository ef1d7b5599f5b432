using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A subgraph that runs once for every slice of its inputs along an axis, with values that go from one slice to the next. Inputs: values that go into the
/// first iteration, tensors that are cut into slices. Outputs: those values behind the last iteration, and the results of all iterations joined along an axis.
/// https://onnx.ai/onnx/operators/onnx__Scan.html
/// </summary>
/// <param name="Body">Inputs: values, slices. Outputs: values, results.</param>
/// <param name="NumScanInputs">How many of the inputs, the last ones, are cut into slices.</param>
/// <param name="InputDirections">For each of them whether the slices go from first to last (0) or back (1); null is forward for all.</param>
/// <param name="OutputDirections">For each result whether it is put behind those before it (0) or in front (1); null is behind for all.</param>
/// <param name="InputAxes">The axis of each input that is cut; null is 0 for all.</param>
/// <param name="OutputAxes">The axis along which each result is joined; null is 0 for all.</param>
/// <param name="IsBatched">
/// The form of opset 8: a first input tells the length of each sequence (int64 [batch], optional), axis 0 of all others is the batch, and slices go along axis 1.
/// Results behind a sequence's end are 0. It has no newer form.
/// </param>
public sealed record Scan(
    OnnxGraph Body,
    long NumScanInputs,
    IntList? InputDirections = null,
    IntList? OutputDirections = null,
    IntList? InputAxes = null,
    IntList? OutputAxes = null,
    bool IsBatched = false) : ControlFlowOperator
{
    private const int BatchedUntil = 8;

    /// <summary>The position of the first value among the inputs.</summary>
    public int FirstInput => IsBatched ? 1 : 0;

    /// <inheritdoc/>
    public override IReadOnlyList<OnnxGraph> Graphs => [Body];

    internal static Operator Read(AttributeReader reader)
    {
        bool isBatched = reader.Opset <= BatchedUntil;
        int first = isBatched ? 1 : 0;
        if (!reader.Has("num_scan_inputs"))
        {
            throw reader.Error("expected attribute 'num_scan_inputs', which is not optional.");
        }

        long count = reader.Int("num_scan_inputs", 0);
        int inputs = Math.Max(0, reader.InputCount - first);
        if (count < 1 || count > inputs)
        {
            throw reader.Error($"expected num_scan_inputs from 1 to {inputs}, the number of inputs, got {count}.");
        }

        IntList? axes = isBatched ? null : reader.Ints("scan_input_axes");
        var body = new InferredValue[inputs];
        for (int i = 0; i < inputs; i++)
        {
            InferredValue? value = reader.InputValue(first + i);
            int cut = (isBatched ? 1 : 0) + (i >= inputs - count ? 1 : 0);
            body[i] = value?.Shape is { } shape && shape.Rank >= cut
                ? new InferredValue(value.Type, new SymbolicShape(new Dimension[shape.Rank - cut]))
                : Varying(value is null ? null : new InferredValue(value.Type, null));
        }

        OnnxGraph graph = reader.Graph("body", body);
        return isBatched
            ? new Scan(graph, count, reader.Ints("directions"), IsBatched: true)
            : new Scan(graph, count, reader.Ints("scan_input_directions"), reader.Ints("scan_output_directions"), axes, reader.Ints("scan_output_axes"));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (IsBatched != writer.Opset <= BatchedUntil)
        {
            throw writer.Error($"the form {(IsBatched ? "with" : "without")} a batch axis can be written {(IsBatched ? "up to" : "after")} opset {BatchedUntil} alone, got {writer.Opset}.");
        }

        writer.Graph("body", Body);
        writer.Int("num_scan_inputs", NumScanInputs);
        Write(IsBatched ? "directions" : "scan_input_directions", InputDirections);
        Write("scan_output_directions", OutputDirections);
        Write("scan_input_axes", InputAxes);
        Write("scan_output_axes", OutputAxes);

        void Write(string name, IntList? values)
        {
            if (values is not null)
            {
                writer.Ints(name, values.Values);
            }
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        int inputs = context.InputCount - FirstInput;
        int states = inputs - (int)Math.Min(NumScanInputs, int.MaxValue);
        if (NumScanInputs < 1 || states < 0)
        {
            throw context.Error($"expected num_scan_inputs from 1 to {Math.Max(0, inputs)}, the number of inputs, got {NumScanInputs}.");
        }

        for (int i = FirstInput; i < context.InputCount; i++)
        {
            if (!context.HasInput(i))
            {
                throw context.Error($"expected a value as input {i}, which is not optional, got an empty name.");
            }

            context.RequireTensor(i);
        }

        int results = Body.Outputs.Count - states;
        RequireCount(context, Body.Inputs.Count, inputs, "inputs of the body, as many as of the node");
        if (results < 0)
        {
            throw context.Error($"expected {states} outputs of the body or more, one for each value, got {Body.Outputs.Count}.");
        }

        RequireOutputs(context, states + results);
        RequireList(context, InputDirections, (int)NumScanInputs, "input directions", isDirection: true);
        RequireList(context, OutputDirections, results, "output directions", isDirection: true);
        RequireList(context, InputAxes, (int)NumScanInputs, "input axes", isDirection: false);
        RequireList(context, OutputAxes, results, "output axes", isDirection: false);
        InferOutputs(context, inputs, states);
    }

    private void InferOutputs(InferenceContext context, int inputs, int states)
    {
        Dimension batch = Dimension.Unknown;
        Dimension length = Dimension.Unknown;
        var body = new InferredValue[inputs];
        for (int i = 0; i < inputs; i++)
        {
            int input = FirstInput + i;
            SymbolicShape? shape = context.Shape(input);
            if (shape is not null && IsBatched)
            {
                context.RequireAxis(0, shape.Rank);
                batch = context.Unify(batch, shape[0], "the batch of all inputs");
                shape = Without(shape, 0);
            }

            if (shape is not null && i >= states)
            {
                int axis = context.RequireAxis(InputAxes?[i - states] ?? 0, shape.Rank);
                length = context.Unify(length, shape[axis], "the slices of all inputs");
                shape = Without(shape, axis);
            }

            body[i] = new InferredValue(context.Type(input), shape);
        }

        if (IsBatched && context.HasInput(0))
        {
            context.RequireTensor(0);
            context.RequireType(0, ElementTypeSet.Signed);
            context.RequireRank(0, 1);
            if (context.Shape(0) is { } lengths)
            {
                batch = context.Unify(batch, lengths[0], "the batch and the lengths of its sequences");
            }
        }

        (InferredValue[] carried, IReadOnlyList<InferredValue> outputs) =
            InferCarried(context, body[..states], 0, values => InferGraph(context, 0, [.. values, .. body[states..]]));
        for (int i = 0; i < context.OutputCount; i++)
        {
            InferredValue value = i < states ? carried[i] : outputs[i];
            if (value.Container is { } container)
            {
                throw context.Error($"expected a tensor as output {i} of the body, got {container}.");
            }

            List<Dimension>? shape = value.Shape is { } known ? [.. known.Dimensions] : null;
            if (i >= states)
            {
                shape?.Insert(context.RequireAxis(OutputAxes?[i - states] ?? 0, shape.Count + 1), length);
            }

            if (IsBatched)
            {
                shape?.Insert(0, batch);
            }

            context.SetOutput(i, value.Type, shape is null ? null : new SymbolicShape([.. shape]));
        }
    }

    private static SymbolicShape Without(SymbolicShape shape, int axis) => new([.. shape.Dimensions[..axis], .. shape.Dimensions[(axis + 1)..]]);

    private static void RequireList(InferenceContext context, IntList? values, int count, string what, bool isDirection)
    {
        if (values is not null)
        {
            RequireCount(context, values.Count, count, what);
            foreach (long value in values)
            {
                if (isDirection && value is not (0 or 1))
                {
                    throw context.Error($"expected {what} 0 or 1, got {values}.");
                }
            }
        }
    }
}
