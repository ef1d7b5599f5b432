using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Kernels compute in float32 and float64. A node on float16 or bfloat16 elements that its kernel refuses is computed in float32: its inputs are
/// widened, which is exact, and its outputs rounded once. A node whose floating-point inputs differ in type, which ONNX allows here and there,
/// is computed in the widest of them. What moves elements and does not compute (Reshape, Gather, Concat) takes every type as it is.
/// </summary>
/// <remarks>
/// The rule asks the operator's record alone: with wider inputs, its inference must give the same outputs but for the wider type. Constants are
/// widened here, once, as long as memory allows; the other inputs by nodes in front, one for all readers of a value.
/// </remarks>
internal sealed class PrecisionWidening
{
    private readonly ModelGraph _graph;
    private readonly Dictionary<(GraphValue Value, ElementType Type), GraphValue> _widened = [];
    private readonly HashSet<(Type Operator, string Types)> _refused = [];
    private long _budget;

    private PrecisionWidening(ModelGraph graph, long budget)
    {
        _graph = graph;
        _budget = budget;
    }

    /// <summary>Rewrites the graph.</summary>
    /// <exception cref="UnsupportedOperatorException">A node is refused for another reason than its element types.</exception>
    public static void Apply(ModelGraph graph, OnnxLimits limits)
    {
        if (graph.Nodes.Exists(IsAffected))
        {
            var widening = new PrecisionWidening(graph, limits.MaxPlanBytes);
            graph.ReplaceNodes(widening.Replace);
        }
    }

    // A half-precision type anywhere, or inputs of both wider ones.
    private static bool IsAffected(GraphNode node)
    {
        bool single = false;
        bool isDouble = false;
        foreach (GraphValue? value in node.Inputs)
        {
            single |= value?.Info.Type == ElementType.Float32;
            isDouble |= value?.Info.Type == ElementType.Float64;
        }

        return (single && isDouble) || Array.Exists(node.Inputs, IsHalf) || Array.Exists(node.Outputs, IsHalf);
    }

    private static bool IsHalf(GraphValue? value) => value?.Info.Type is ElementType.Float16 or ElementType.BFloat16;

    private static bool IsFloat(ElementType type) => type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64;

    private IReadOnlyList<GraphNode> Replace(GraphNode node)
    {
        if (!IsAffected(node))
        {
            return [node];
        }

        // Once a kernel has refused these types it is not asked again: a refusal is an exception.
        (Type, string) key = (node.Operator.GetType(), string.Join(',', node.Inputs.Concat([null, .. node.Outputs]).Select(value => value?.Info.Type ?? ElementType.Undefined)));
        if (!_refused.Contains(key))
        {
            if (IsRun(node))
            {
                return [node];
            }

            _refused.Add(key);
        }

        return Widen(node, ElementType.Float32) ?? Widen(node, ElementType.Float64) ?? [node];
    }

    private bool IsRun(GraphNode node)
    {
        try
        {
            _ = OperatorKernelTable.Prepare(node, _graph.Model);
            return true;
        }
        catch (UnsupportedOperatorException)
        {
            return false;
        }
    }

    // To float32 come the half-precision inputs; to float64 all that are floating point.
    private List<GraphNode>? Widen(GraphNode node, ElementType type)
    {
        bool IsWidened(GraphValue? value) => IsHalf(value) || (type == ElementType.Float64 && value?.Info.Type == ElementType.Float32);
        Operator op = node.Operator.Widened(type);
        IReadOnlyList<InferredValue?> inferred;
        try
        {
            InferredValue?[] known = Array.ConvertAll(node.Inputs, input => input is null ? null : IsWidened(input) ? Describe(input, type) : input.Info);
            inferred = ShapeInference.InferNode(new OnnxNode(node.Name, op, node.Onnx.Inputs, node.Onnx.Outputs), known);
        }
        catch (OnnxModelException)
        {
            return null;
        }

        var rounded = new List<GraphNode>();
        var outputs = new GraphValue?[node.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (node.Outputs[i] is not { } output)
            {
                continue;
            }

            ElementType computed = inferred[i]?.Type ?? ElementType.Undefined;
            if (computed == output.Info.Type)
            {
                outputs[i] = output;
            }
            else if (IsFloat(computed) && IsFloat(output.Info.Type))
            {
                outputs[i] = new GraphValue($"{output.Name} in {computed}", new InferredValue(computed, output.Info.Shape));
                rounded.Add(new GraphNode($"{node.Name}/round {i}", new PrecisionCast(output.Info.Type), [outputs[i]], [output]));
            }
            else
            {
                return null;
            }
        }

        var nodes = new List<GraphNode>();
        GraphValue?[] inputs = Array.ConvertAll(node.Inputs, input => IsWidened(input) ? Widen(input!, type, nodes) : input);
        var wide = new GraphNode(node.Name, op, inputs, outputs);
        nodes.Add(wide);
        nodes.AddRange(rounded);

        // Where both wider types occur, float32 alone may not be what the kernel wants.
        if (type == ElementType.Float32 && Array.Exists(node.Inputs, input => input?.Info.Type == ElementType.Float64) && !IsRun(wide))
        {
            foreach (GraphNode cast in nodes.Where(part => part.Operator is PrecisionCast { To: ElementType.Float32 }))
            {
                _widened.Remove((cast.Inputs[0]!, type));
            }

            return null;
        }

        return nodes;
    }

    private static InferredValue Describe(GraphValue value, ElementType type) =>
        value.Info.Constant is { Length: <= 16 } constant ? new InferredValue(Convert(constant, type)) : new InferredValue(type, value.Info.Shape);

    private GraphValue Widen(GraphValue value, ElementType type, List<GraphNode> nodes)
    {
        if (_widened.TryGetValue((value, type), out GraphValue? wide))
        {
            return wide;
        }

        string name = $"{value.Name} as {type}";
        if (value.Info.Constant is { } constant && (long)constant.Length * ElementTypes.Get(type).Size is var bytes && bytes <= _budget)
        {
            _budget -= bytes;
            wide = new GraphValue(name, new InferredValue(Convert(constant, type)));
        }
        else
        {
            wide = new GraphValue(name, new InferredValue(type, value.Info.Shape));
            nodes.Add(new GraphNode(name, new PrecisionCast(type), [value], [wide]));
        }

        _widened.Add((value, type), wide);
        return wide;
    }

    private static Tensor Convert(Tensor value, ElementType type)
    {
        Tensor dense = value.Contiguous();
        var single = dense as Tensor<float>;
        if (single is null)
        {
            single = new Tensor<float>(dense.Shape);
            PrecisionCastOperator.Widen(dense, single.Span, WorkerPool.Serial);
        }

        return type == ElementType.Float32 ? single : Tensor.From(single.Shape, Array.ConvertAll(single.ToArray(), x => (double)x));
    }
}
