using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Kernels compute in float32 and float64. A node on float16 or bfloat16 elements that its kernel refuses is computed in float32: its inputs are
/// widened, which is exact, and its outputs rounded once. A node whose floating-point inputs differ in type, which ONNX allows here and there,
/// is computed in the widest of them. Integers that are interpolated are computed in float64. What moves elements and does not compute (Reshape, Gather, Concat) takes every type as it is.
/// </summary>
/// <remarks>
/// The rule asks the operator's record alone: with wider inputs, its inference must give the same outputs but for the wider type. Constants are
/// widened here, once, as long as memory allows; the other inputs by nodes in front, one for all readers of a value.
/// </remarks>
internal sealed class PrecisionWidening
{
    // Inference reads the elements of short constants alone: what a Range is made of.
    private const int MaxDescribed = 16;

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
    /// <param name="graph">The graph.</param>
    /// <param name="budget">Bytes by which widened constants may still grow the model.</param>
    public static void Apply(ModelGraph graph, ref long budget)
    {
        if (graph.Nodes.Exists(IsAffected))
        {
            var widening = new PrecisionWidening(graph, budget);
            graph.ReplaceNodes(widening.Replace);
            budget = widening._budget;
        }
    }

    // A half-precision type anywhere, or inputs of both wider ones.
    private static bool IsAffected(GraphNode node)
    {
        if (node.Subgraphs.Count > 0)
        {
            // The nodes inside are asked, one by one.
            return false;
        }

        bool single = false;
        bool isDouble = false;
        foreach (GraphValue? value in node.Inputs)
        {
            single |= value?.Info.Type == ElementType.Float32;
            isDouble |= value?.Info.Type == ElementType.Float64;
        }

        return (single && isDouble) || IntegerInput(node) >= 0 || Array.Exists(node.Inputs, IsHalf) || Array.Exists(node.Outputs, IsHalf);
    }

    // What is interpolated may be integers, and so may what is added to scores: they are computed as real numbers.
    private static int IntegerInput(GraphNode node)
    {
        int input = node.Operator switch
        {
            Resize or GridSample => 0,
            Attention => 3,
            _ => -1,
        };
        return input >= 0 && input < node.Inputs.Length && node.Inputs[input] is { } value && IsInteger(value.Info.Type) ? input : -1;
    }

    private static bool IsInteger(ElementType type) => type is ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64
        or ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

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

    // To float32 come the half-precision inputs; to float64 all that are floating point. Integers that are interpolated come to float64, which holds
    // them all but for the greatest, and integers that are added to scores to the type of the scores.
    private static ElementType TargetOf(GraphNode node, int input, ElementType type)
    {
        ElementType given = node.Inputs[input]?.Info.Type ?? ElementType.Undefined;
        return IsHalf(node.Inputs[input]) || (given == ElementType.Float32 && type == ElementType.Float64) ? type
            : input != IntegerInput(node) ? given
            : node.Operator is Attention ? TargetOf(node, 0, type)
            : ElementType.Float64;
    }

    private List<GraphNode>? Widen(GraphNode node, ElementType type)
    {
        ElementType[] targets = [.. node.Inputs.Select((input, i) => TargetOf(node, i, type))];
        Operator op = node.Operator.Widened(type);
        IReadOnlyList<InferredValue?> inferred;
        try
        {
            InferredValue?[] known = [.. node.Inputs.Select((input, i) => input is null ? null : Describe(input, targets[i]))];
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
            else if (IsFloat(computed) && (IsFloat(output.Info.Type) || IsInteger(output.Info.Type)))
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
        GraphValue?[] inputs = [.. node.Inputs.Select((input, i) => input is null || input.Info.Type == targets[i] ? input : Widen(input, targets[i], nodes))];
        var wide = new GraphNode(node.Name, op, inputs, outputs);
        nodes.Add(wide);
        nodes.AddRange(rounded);

        // Where both wider types occur, float32 alone may not be what the kernel wants.
        if (type == ElementType.Float32 && Array.Exists(targets, target => target == ElementType.Float64) && !IsRun(wide))
        {
            foreach (GraphNode cast in nodes)
            {
                if (cast.Operator is PrecisionCast { To: var to })
                {
                    _widened.Remove((cast.Inputs[0]!, to));
                }
            }

            return null;
        }

        return nodes;
    }

    private static InferredValue Describe(GraphValue value, ElementType type) =>
        value.Info.Type == type ? value.Info
        : value.Info.Constant is { Length: <= MaxDescribed } constant && IsFloat(value.Info.Type) ? new InferredValue(Convert(constant, type)) : new InferredValue(type, value.Info.Shape);

    private GraphValue Widen(GraphValue value, ElementType type, List<GraphNode> nodes)
    {
        if (_widened.TryGetValue((value, type), out GraphValue? wide))
        {
            return wide;
        }

        string name = $"{value.Name} as {type}";
        if (value.Info.Constant is { } constant && IsFloat(value.Info.Type) && (long)constant.Length * ElementTypes.Get(type).Size is var bytes && bytes <= _budget)
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
