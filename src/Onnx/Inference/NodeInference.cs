using Toolkit.Numerics;

namespace Toolkit.Onnx.Inference;

/// <summary>The inference of one node: reads what is known of its inputs, collects what it says of its outputs.</summary>
internal sealed class NodeInference(OnnxNode node, InferredValue?[] inputs, ISubgraphInference? subgraphs) : InferenceContext
{
    private readonly InferredValue?[] _outputs = new InferredValue?[node.Outputs.Count];

    public override int InputCount => inputs.Length;

    public override int OutputCount => _outputs.Length;

    /// <summary>What the operator said of each output; null where it said nothing.</summary>
    public IReadOnlyList<InferredValue?> Outputs => _outputs;

    public override ISubgraphInference Subgraphs => subgraphs ?? throw Error("it has no subgraphs.");

    /// <summary>Infers a node.</summary>
    public static NodeInference Infer(OnnxNode node, InferredValue?[] inputs, ISubgraphInference? subgraphs)
    {
        var inference = new NodeInference(node, inputs, subgraphs);
        if (!node.Operator.TakesContainers)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i]?.Container is { } container)
                {
                    throw inference.Error($"expected a tensor as {inference.Describe(i)}, got {container}.");
                }
            }
        }

        node.Operator.Infer(inference);
        return inference;
    }

    public override OnnxType? ValueType(int input) => Input(input)?.OnnxType;

    public override InferredValue? Value(int input) => Input(input);

    public override bool HasInput(int input) => input < inputs.Length && inputs[input] is not null;

    public override ElementType Type(int input) => Input(input)?.Type ?? ElementType.Undefined;

    public override SymbolicShape? Shape(int input) => Input(input)?.Shape;

    public override Tensor? Constant(int input) => Input(input)?.Constant;

    public override IReadOnlyList<SymbolicInteger>? Elements(int input) => Input(input)?.Elements;

    public override SymbolicShape? OutputShape(int output) => _outputs[output]?.Shape;

    public override void SetOutput(int output, ElementType type, SymbolicShape? shape)
    {
        if (shape?.Rank > Numerics.Shape.MaxRank)
        {
            throw Error($"expected an output of rank {Numerics.Shape.MaxRank} at most, got {shape}.");
        }

        if (output < _outputs.Length)
        {
            _outputs[output] = new InferredValue(type, shape);
        }
    }

    public override void SetOutput(int output, OnnxType type)
    {
        if (type is TensorType tensor)
        {
            SetOutput(output, tensor.ElementType, tensor.Shape);
        }
        else if (output < _outputs.Length)
        {
            _outputs[output] = new InferredValue(type);
        }
    }

    public override void SetConstant(int output, Tensor value)
    {
        if (output < _outputs.Length)
        {
            _outputs[output] = new InferredValue(value);
        }
    }

    public override void SetElements(int output, IReadOnlyList<SymbolicInteger> elements)
    {
        if (output < _outputs.Length && _outputs[output] is { } value)
        {
            _outputs[output] = value.WithElements(elements);
        }
    }

    public override void RequireInputs(int min, int max)
    {
        if (InputCount < min || InputCount > max)
        {
            string expected = min == max ? $"{min}" : max == int.MaxValue ? $"{min} or more" : $"{min} to {max}";
            throw Error($"expected {expected} inputs, got {InputCount}.");
        }

        for (int i = 0; i < min; i++)
        {
            if (inputs[i] is null)
            {
                throw Error($"expected a value as input {i}, which is not optional, got an empty name.");
            }
        }
    }

    public override void RequireRank(int input, int rank)
    {
        if (Shape(input) is { } shape && shape.Rank != rank)
        {
            throw Error($"expected rank {rank} for {Describe(input)}, got {shape}.");
        }
    }

    public override void RequireType(int input, ElementTypeSet allowed)
    {
        ElementType type = Type(input);
        if (type != ElementType.Undefined && (ElementTypeSets.Of(type) & allowed) == 0)
        {
            throw Error($"expected elements of a type in {allowed} for {Describe(input)}, got {NameOf(type)}.");
        }
    }

    public override ElementType RequireSameType(params ReadOnlySpan<int> inputs)
    {
        ElementType type = ElementType.Undefined;
        foreach (int input in inputs)
        {
            ElementType other = Type(input);
            if (type == ElementType.Undefined)
            {
                type = other;
            }
            else if (other != ElementType.Undefined && other != type)
            {
                throw Error($"expected {NameOf(type)} for {Describe(input)}, as for the inputs before it, got {NameOf(other)}.");
            }
        }

        return type;
    }

    public override void RequireEqual(Dimension a, Dimension b, string what)
    {
        if (a.Size is { } x && b.Size is { } y && x != y)
        {
            throw Error($"expected one size for {what}, got {x} and {y}{InputShapes()}.");
        }
    }

    public override void RequireBroadcast(SymbolicShape from, SymbolicShape to, string what)
    {
        int offset = to.Rank - from.Rank;
        for (int axis = 0; axis < from.Rank; axis++)
        {
            if (offset < 0 || (from[axis].Size is { } size && size != 1 && to[axis + offset].Size is { } target && size != target))
            {
                throw Error($"expected {what} to broadcast to {to}, got {from}.");
            }
        }
    }

    public override int RequireAxis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error($"expected an axis from -{rank} to {rank - 1}, got {axis}{InputShapes()}.");

    public override SymbolicShape? Broadcast(params ReadOnlySpan<int> inputs)
    {
        SymbolicShape? result = null;
        foreach (int input in inputs)
        {
            if (Shape(input) is not { } shape)
            {
                return null;
            }

            result = result is null ? shape : Broadcast(result, shape);
        }

        return result;
    }

    public override OnnxModelException Error(string message) => new($"{node}: {message}");

    private static string NameOf(ElementType type) => ElementTypes.Find(type)?.Name ?? "?";

    private InferredValue? Input(int input) => input < inputs.Length ? inputs[input] : null;

    private string Describe(int input) => $"input {input} ('{node.Inputs[input]}')";

    private string InputShapes() => $" (inputs {string.Join(", ", inputs.Select(input => input?.Shape?.ToString() ?? "?"))})";

    public override SymbolicShape Broadcast(SymbolicShape a, SymbolicShape b)
    {
        var result = new Dimension[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= result.Length; i++)
        {
            Dimension x = i <= a.Rank ? a[a.Rank - i] : 1;
            Dimension y = i <= b.Rank ? b[b.Rank - i] : 1;
            result[^i] = (x.Size, y.Size) switch
            {
                (1, _) => y,
                (_, 1) => x,
                ({ } m, { } n) when m != n => throw Error($"expected shapes that broadcast, got {a} and {b}: axis -{i} is {m} and {n}."),
                ({ }, _) => x,
                (_, { }) => y,
                _ => x.Symbol is not null && x.Symbol == y.Symbol ? x : Dimension.Unknown,
            };
        }

        return new SymbolicShape(result);
    }
}
