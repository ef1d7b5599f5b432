using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// A plan for a program in which a shape depends on a value: a Reshape whose target is an input, or a NonZero, whose kernel says
/// its shape once it has seen the values; or in which a value is no tensor. Each node is inferred and computed in turn, and memory is taken for
/// its outputs and let go after their last reader.
/// </summary>
internal sealed class DynamicPlan(CompiledProgram program, ShapeSolver shapes) : ExecutionPlan
{
    private readonly int[] _lastReader = FindLastReaders(program);
    private readonly bool _sharesTensors = Array.Exists(program.Nodes, node => node.Kernel is ValueKernel);
    private readonly OnnxValue?[] _constants =
        [.. Enumerable.Range(0, program.Values.Length).Select(value => shapes.Constant(value) is { } constant ? new OnnxTensor(constant) : null)];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape?> OutputShapes { get; } = Array.ConvertAll(
        program.OutputValues,
        value => ConcreteShapes.TryGet(shapes.Values[value], program.Limits, program.Values[value], out Shape? shape) ? shape : null);

    /// <inheritdoc/>
    public override long RetainedBytes => 0;

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers) => Run(inputs, outputs, workers, null);

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers, NodeClock? clock)
    {
        OnnxValue[] results = Run(Wrap(inputs), program.Limits.MaxPlanBytes, workers, clock);
        for (int i = 0; i < results.Length; i++)
        {
            Tensor result = TensorOf(results[i], i);
            if (outputs[i].ElementType != result.ElementType || outputs[i].Shape != result.Shape)
            {
                throw new ArgumentException(
                    $"Output '{program.Values[program.OutputValues[i]].Name}': expected {result.ElementType} {result.Shape} for these inputs, got {outputs[i].ElementType} {outputs[i].Shape}.", nameof(outputs));
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            TensorOf(results[i], i).CopyTo(outputs[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor[] Run(ReadOnlySpan<Tensor> inputs, WorkerPool workers)
    {
        OnnxValue[] results = Run(Wrap(inputs), program.Limits.MaxPlanBytes, workers);

        // A result that is an input or a constant, or that is named twice, is copied: what the caller gets is the caller's alone. What has been in a
        // sequence or comes out of a subgraph may be any of them.
        var taken = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (Tensor input in inputs)
        {
            taken.Add(input);
        }

        var owned = new Tensor[results.Length];
        for (int i = 0; i < owned.Length; i++)
        {
            Tensor result = TensorOf(results[i], i);
            bool isNew = !_sharesTensors && shapes.Constant(program.OutputValues[i]) is null && taken.Add(result);
            owned[i] = isNew ? result : result.Clone();
        }

        return owned;
    }

    /// <inheritdoc/>
    public override OnnxValue[] Run(ReadOnlySpan<OnnxValue> inputs, long budget, WorkerPool workers) => Run(inputs, budget, workers, null);

    private OnnxValue[] Run(ReadOnlySpan<OnnxValue> inputs, long budget, WorkerPool workers, NodeClock? clock)
    {
        var values = (OnnxValue?[])_constants.Clone();
        for (int i = 0; i < inputs.Length; i++)
        {
            values[program.InputValues[i]] = inputs[i];
        }

        for (int step = 0; step < program.Nodes.Length; step++)
        {
            PreparedNode node = program.Nodes[step];
            if (Array.TrueForAll(node.Outputs, output => output < 0 || values[output] is not null))
            {
                continue;
            }

            OnnxValue?[] arguments = Array.ConvertAll(node.Inputs, input => input < 0 ? null : values[input]);
            OnnxValue?[] results = Evaluate(node, arguments, ref budget, workers);
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                if (node.Outputs[i] >= 0)
                {
                    values[node.Outputs[i]] = results[i];
                }
            }

            LetGo(node, step, values, ref budget);
            clock?.Stop(node.Node);
        }

        return Array.ConvertAll(program.OutputValues, value => values[value]!);
    }

    private OnnxValue?[] Evaluate(PreparedNode node, OnnxValue?[] arguments, ref long budget, WorkerPool workers)
    {
        try
        {
            if (node.Kernel is ValueKernel kernel)
            {
                var outputs = new OnnxValue?[node.Outputs.Length];
                kernel.Run(new ValueArguments(arguments, outputs, budget, workers));
                foreach (OnnxValue? output in outputs)
                {
                    budget -= output?.Bytes ?? 0;
                }

                return budget >= 0 ? outputs : throw TooLarge(node);
            }

            Tensor?[] tensors = Array.ConvertAll(arguments, argument => (argument as OnnxTensor)?.Tensor);
            return Array.ConvertAll(
                NodeEvaluator.Evaluate(node.Node, node.Kernel, tensors, program.Limits, ref budget, workers) ?? throw TooLarge(node),
                result => result is null ? null : (OnnxValue)new OnnxTensor(result));
        }
        catch (OnnxModelException exception)
        {
            // The model alone was valid when it was loaded: what does not fit are the values of these inputs.
            throw new ArgumentException($"The inputs' values do not fit the model: {exception.Message}", nameof(arguments), exception);
        }
    }

    private OnnxModelException TooLarge(PreparedNode node) =>
        new($"{node.Node}: the run needs more than the limit of {program.Limits.MaxPlanBytes} bytes; raise OnnxLimits.MaxPlanBytes for a model that you trust.");

    private void LetGo(PreparedNode node, int step, OnnxValue?[] values, ref long budget)
    {
        foreach (int input in node.Inputs)
        {
            if (input >= 0 && _lastReader[input] == step && program.Values[input].Producer is not null && values[input] is { } value)
            {
                budget += value.Bytes;
                values[input] = null;
            }
        }
    }

    private Tensor TensorOf(OnnxValue? value, int output) => (value as OnnxTensor)?.Tensor
        ?? throw new ArgumentException($"Output '{program.Values[program.OutputValues[output]].Name}': it is {value?.Type.ToString() ?? "nothing"}, no tensor; use RunValues.", nameof(value));

    private static OnnxValue[] Wrap(ReadOnlySpan<Tensor> tensors)
    {
        var values = new OnnxValue[tensors.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new OnnxTensor(tensors[i]);
        }

        return values;
    }

    private static int[] FindLastReaders(CompiledProgram program)
    {
        var last = new int[program.Values.Length];
        for (int step = 0; step < program.Nodes.Length; step++)
        {
            foreach (int input in program.Nodes[step].Inputs)
            {
                if (input >= 0)
                {
                    last[input] = step;
                }
            }
        }

        foreach (int output in program.OutputValues)
        {
            last[output] = int.MaxValue;
        }

        return last;
    }
}
