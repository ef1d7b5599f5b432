using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <content>Predictions, activations, the summary, and the trace that export writes.</content>
public partial class Model
{
    /// <summary>The outputs for a batch of inputs, [n, …]; computed <paramref name="batchSize"/> samples at a time.</summary>
    /// <exception cref="ArgumentException">The input's shape does not fit; says expected and got.</exception>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs.</exception>
    public Tensor<float> Predict(Tensor<float> x, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor<float>[] outputs = Predict([x], batchSize);
        return outputs.Length == 1 ? outputs[0] : throw Several("outputs", outputs.Length, "Predict with a list of inputs");
    }

    /// <summary>Every output for a batch of each input, [n, …]; computed <paramref name="batchSize"/> samples at a time.</summary>
    /// <param name="inputs">A tensor for each input, [n, …].</param>
    /// <param name="batchSize">Samples to compute at a time.</param>
    /// <exception cref="ArgumentException">The number of inputs or a shape does not fit; says expected and got.</exception>
    public Tensor<float>[] Predict(IReadOnlyList<Tensor<float>> inputs, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Prepare(inputs);
        return Compute(inputs, OutputShapes, batchSize, rows => _programs.Predict(rows));
    }

    /// <summary>
    /// What a layer gives for a batch of inputs, [n, …]: a look inside the network. Of a layer that is used more than once, the output of its
    /// first use.
    /// </summary>
    /// <param name="x">The input, [n, …].</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="batchSize">Samples to compute at a time.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the input's shape does not fit.</exception>
    public Tensor<float> Activations(Tensor<float> x, string layer, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Prepare([x]);
        Layer wanted = GetLayer(layer);
        Node node = Graph.Nodes.First(node => node.Layer == wanted);
        return Compute([x], [wanted.OutputShape], batchSize, rows => _programs.Activations(rows, node))[0];
    }

    /// <summary>The forward computation in inference, for export.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built: the shape of its input is not known.</exception>
    public InferenceTrace Trace()
    {
        _ = Arena;
        Tape tape = Tape.ForRecording(isTraining: false);
        Variable[] inputs = [.. InputShapes.Select((shape, i) => tape.Input([1, .. shape.Dimensions], InputNames[i]))];
        IReadOnlyList<Variable> outputs = Call(tape, inputs);
        var values = tape.Variables.Select(v => new TraceValue(
            v.Name,
            v.Kind,
            v.Shape,
            v.Parameter is { } parameter ? Tensor.From(parameter.Shape, (ReadOnlySpan<float>)parameter.Value) : null));
        return new InferenceTrace([.. values], [.. tape.Steps], [.. inputs.Select(x => x.Index)], [.. outputs.Select((output, i) => (OutputNames[i], output.Index))]);
    }

    /// <summary>Writes the layers, their outputs and the numbers of parameters as Keras does.</summary>
    /// <param name="output">Where to; the console by default.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public string Summary(TextWriter? output = null)
    {
        string text = ModelSummary.Of(this, Arena);
        (output ?? Console.Out).WriteLine(text);
        return text;
    }

    private Tensor<float>[] Compute(IReadOnlyList<Tensor<float>> inputs, IReadOnlyList<Shape> outputShapes, int batchSize, Func<int, StepProgram> programOf)
    {
        int count = inputs[0].Shape[0];
        Tensor<float>[] results = [.. outputShapes.Select(shape => new Tensor<float>([count, .. shape.Dimensions]))];
        for (int start = 0; start < count; start += batchSize)
        {
            int rows = Math.Min(batchSize, count - start);
            StepProgram program = programOf(rows);
            for (int i = 0; i < inputs.Count; i++)
            {
                int width = inputs[i].Shape.LengthOf(1..);
                inputs[i].Span.Slice(start * width, rows * width).CopyTo(program.Input(i));
            }

            program.Forward(Workers);
            for (int i = 0; i < results.Length; i++)
            {
                program.OutputOf(i).CopyTo(results[i].Span[(start * outputShapes[i].Length)..]);
            }
        }

        return results;
    }

    private void Prepare(IReadOnlyList<Tensor<float>> inputs)
    {
        foreach (Tensor<float> x in inputs)
        {
            ArgumentNullException.ThrowIfNull(x, nameof(inputs));
            if (x.Shape.Rank == 0)
            {
                throw new ArgumentException("x: expected samples [n, …], got a scalar.", nameof(inputs));
            }
        }

        if (inputs.Count > 0 && !IsBuilt && InputShape is null)
        {
            Build(new Shape(inputs[0].Shape.Dimensions[1..]));
        }

        _ = Arena;
        if (inputs.Count != Graph.Inputs.Count)
        {
            throw new ArgumentException($"x: model '{Name}' expected {Graph.Inputs.Count} inputs ({string.Join(", ", InputNames)}), got {inputs.Count}.", nameof(inputs));
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            CheckInput(inputs[i], i, "x");
        }

        if (inputs.FirstOrDefault(x => x.Shape[0] != inputs[0].Shape[0]) is { } other)
        {
            throw new ArgumentException($"x: expected as many samples of every input, got {inputs[0].Shape} and {other.Shape}.", nameof(inputs));
        }
    }

    internal void CheckInput(Tensor<float> x, int input, string what)
    {
        Shape expected = InputShapes[input];
        var sample = new Shape(x.Shape.Dimensions[1..]);
        if (expected != sample)
        {
            string advice = expected.Length == sample.Length ? " Reshape x, or start the network with a Flatten or Reshape layer." : "";
            string reader = Graph.Inputs.Count == 1 ? $"layer '{Layers[0].Name}'" : $"input '{InputNames[input]}'";
            throw new ArgumentException($"{what}: {reader} expected input of shape {Layer.Batched(expected)}, got {x.Shape}.{advice}", nameof(x));
        }
    }
}
