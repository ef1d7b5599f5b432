using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What is known of a node when its kernel is made.</summary>
internal sealed class NodeContext(GraphNode node, long opset)
{
    /// <summary>The number of inputs, omitted ones at the end not counted.</summary>
    public int InputCount => node.Inputs.Length;

    /// <summary>The number of outputs, unwanted ones included.</summary>
    public int OutputCount => node.Outputs.Length;

    /// <summary>Whether the node has this input.</summary>
    public bool HasInput(int index) => index < node.Inputs.Length && node.Inputs[index] is not null;

    /// <summary>Whether somebody names this output.</summary>
    public bool HasOutput(int index) => index < node.Outputs.Length && node.Outputs[index] is not null;

    /// <summary>The element type of an input; <see cref="ElementType.Undefined"/> where it is omitted.</summary>
    public ElementType InputType(int index) => HasInput(index) ? node.Inputs[index]!.Info.Type : ElementType.Undefined;

    /// <summary>The element type of an output; <see cref="ElementType.Undefined"/> where it is unwanted.</summary>
    public ElementType OutputType(int index) => HasOutput(index) ? node.Outputs[index]!.Info.Type : ElementType.Undefined;

    /// <summary>The shape of an input as far as it is known before the run; null where not even the rank is.</summary>
    public SymbolicShape? InputShape(int index) => HasInput(index) ? node.Inputs[index]!.Info.Shape : null;

    /// <summary>The shape of an output as far as it is known before the run; null where not even the rank is.</summary>
    public SymbolicShape? OutputShape(int index) => HasOutput(index) ? node.Outputs[index]!.Info.Shape : null;

    /// <summary>The value of a constant input, or null.</summary>
    public Tensor? Constant(int index) => HasInput(index) ? node.Inputs[index]!.Constant : null;

    /// <summary>The type of an input, whatever kind of value it is; null where it is omitted.</summary>
    public OnnxType? ValueType(int index) => HasInput(index) ? node.Inputs[index]!.Info.OnnxType : null;

    /// <summary>The type of an output, whatever kind of value it is; null where it is unwanted.</summary>
    public OnnxType? OutputValueType(int index) => HasOutput(index) ? node.Outputs[index]!.Info.OnnxType : null;

    /// <summary>How many of the inputs the operator takes; those behind them are what its subgraphs see.</summary>
    public int OperatorInputCount => node.OperatorInputCount;

    /// <summary>The operator's subgraphs, compiled; null is one that never runs.</summary>
    public Subprogram?[] CompileSubgraphs() => [.. node.Subgraphs.Select(graph => graph is null ? null : new Subprogram(new CompiledProgram(graph)))];

    /// <summary>The exception for a form of the operator that no kernel covers.</summary>
    public UnsupportedOperatorException Unsupported(string reason) =>
        new(node.Operator.OpType, node.Operator.Domain, opset, node.Name, reason);

    /// <summary>The exception for an element type that no kernel covers.</summary>
    public UnsupportedOperatorException UnsupportedType(int input) => UnsupportedType(InputType(input), $"input {input}");

    /// <summary>The exception for an element type that no kernel covers.</summary>
    public UnsupportedOperatorException UnsupportedType(ElementType type, string what) =>
        Unsupported($"the managed engine does not run it on elements of type {ElementTypes.Find(type)?.Name ?? "?"} ({what}); cast them or use the backend ort.");

    /// <summary>The exception for a value that only the run knows.</summary>
    public ArgumentException BadValue(string message) => new($"{node}: {message}");

    /// <inheritdoc/>
    public override string ToString() => node.ToString();
}
