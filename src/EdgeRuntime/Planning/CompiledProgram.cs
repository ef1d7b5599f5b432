using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A compiled model without its shapes: kernels in order, and values by number. Plans are made of it.</summary>
internal sealed class CompiledProgram
{
    /// <summary>Numbers the values of a graph and makes the kernel of every node.</summary>
    /// <exception cref="UnsupportedOperatorException">No kernel covers a node.</exception>
    public CompiledProgram(ModelGraph graph)
    {
        Limits = graph.Limits;
        var numbers = new Dictionary<GraphValue, int>();
        var values = new List<GraphValue>();
        InputValues = [.. graph.Inputs.Select(Number)];
        Nodes = new PreparedNode[graph.Nodes.Count];
        for (int i = 0; i < Nodes.Length; i++)
        {
            GraphNode node = graph.Nodes[i];
            Nodes[i] = new PreparedNode(
                node,
                OperatorKernelTable.Prepare(node, graph.Model),
                Array.ConvertAll(node.Inputs, NumberOrNone),
                Array.ConvertAll(node.Outputs, NumberOrNone));
        }

        HasValueNodes = Array.Exists(Nodes, node => node.Kernel is ValueKernel and not ControlKernel);
        OutputValues = [.. graph.Outputs.Select(Number)];
        Values = [.. values];

        int NumberOrNone(GraphValue? value) => value is null ? -1 : Number(value);

        int Number(GraphValue value)
        {
            if (!numbers.TryGetValue(value, out int number))
            {
                number = values.Count;
                numbers.Add(value, number);
                values.Add(value);
            }

            return number;
        }
    }

    /// <summary>What a model may ask for at most.</summary>
    public OnnxLimits Limits { get; }

    /// <summary>The values, by number.</summary>
    public GraphValue[] Values { get; }

    /// <summary>The nodes, in order.</summary>
    public PreparedNode[] Nodes { get; }

    /// <summary>Whether a kernel makes its outputs itself: then no plan can have their memory.</summary>
    public bool HasValueNodes { get; }

    /// <summary>The numbers of the model's inputs.</summary>
    public int[] InputValues { get; }

    /// <summary>The numbers of the model's outputs.</summary>
    public int[] OutputValues { get; }

    /// <summary>The value of a constant, or null.</summary>
    public Tensor? Constant(int value) => Values[value].Constant;
}
