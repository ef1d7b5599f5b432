using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// Computes one node on tensors whose values are known, taking memory for the outputs: constant folding, and the runs whose
/// shapes depend on values.
/// </summary>
internal static class NodeEvaluator
{
    /// <summary>The outputs; null is an unwanted one.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="inputs">Its inputs; null is an omitted one.</param>
    /// <param name="limits">What the outputs may take at most.</param>
    /// <param name="budget">Bytes that may still be taken; what the outputs take is subtracted.</param>
    /// <param name="workers">The threads to use.</param>
    /// <returns>Null where the budget does not suffice: nothing has been computed then.</returns>
    /// <exception cref="OnnxModelException">The inputs contradict the operator, or an output exceeds the limits.</exception>
    /// <exception cref="ArgumentException">An input's value is out of its range.</exception>
    public static Tensor?[]? Evaluate(GraphNode node, OperatorKernel kernel, ReadOnlySpan<Tensor?> inputs, OnnxLimits limits, ref long budget, WorkerPool workers)
    {
        WorkLimits.Poll();
        var known = new InferredValue?[inputs.Length];
        var inputShapes = new Shape[inputs.Length];
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = inputs[i] is { } tensor ? new InferredValue(tensor) : null;
            inputShapes[i] = inputs[i]?.Shape ?? default;
        }

        kernel = kernel.For(inputShapes);
        IReadOnlyList<InferredValue?> inferred = ShapeInference.InferNode(node.Onnx, known);
        SymbolicShape[]? found = kernel.FindShapes(inputs);
        var shapes = new Shape[node.Outputs.Length];
        long bytes = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (node.Outputs[i] is null)
            {
                continue;
            }

            if (found is not null && i >= found.Length)
            {
                throw new OnnxModelException($"{node}: expected {found.Length} outputs at most, got {node.Outputs.Length}.");
            }

            InferredValue? value = found is null ? inferred[i] : new InferredValue(inferred[i]?.Type ?? ElementType.Undefined, found[i]);
            if (!ConcreteShapes.TryGet(value, limits, node, out Shape? shape))
            {
                throw new UnsupportedOperatorException($"{node}: the shape of output {i} cannot be known before it is computed; the managed engine does not run that.");
            }

            shapes[i] = shape.Value;
            bytes += (long)shape.Value.Length * Math.Max(1, ElementTypes.Get(value!.Type).Size);
        }

        long scratchBytes = kernel.ScratchBytes(inputShapes, shapes);
        if (scratchBytes < 0 || scratchBytes > Array.MaxLength || bytes + scratchBytes > budget)
        {
            return null;
        }

        budget -= bytes;
        var outputs = new Tensor?[shapes.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = node.Outputs[i] is null ? null : Tensor.Create(inferred[i]!.Type, shapes[i]);
        }

        byte[] scratch = scratchBytes == 0 ? [] : new byte[scratchBytes];
        kernel.Run(new KernelArguments(inputs, outputs, scratch, workers));
        return outputs;
    }
}
